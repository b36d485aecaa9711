import type { Tag } from "@frontdesk/api";
import { Button, Combobox, useCombobox } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { tagsQuery } from "../api/queries.ts";
import { rank } from "../fuzzy/fuzzy.ts";
import { can } from "../session/permissions.ts";
import { http, useMe } from "../session/session.ts";
import { useFailure } from "../ui/failure.ts";
import { freshColor } from "./colors.ts";
import { TagChip } from "./TagChip.tsx";

interface Props {
  readonly label: string;
  readonly offered: readonly Tag[];
  readonly known: readonly Tag[];
  readonly choose: (tag: Tag) => void;
}

const create = "+";

function useCreate(known: readonly Tag[], choose: (tag: Tag) => void) {
  const queries = useQueryClient();
  const failure = useFailure();
  return useMutation({
    mutationFn: (name: string) => {
      const color = freshColor(known.map((tag) => tag.color));
      return http<{ tag: Tag }>("POST", "/v1/tags", { body: { name, color } });
    },
    onSuccess: ({ tag }) => {
      queries.setQueryData(tagsQuery.queryKey, (held) => [
        ...(held ?? []).filter(({ id }) => id !== tag.id),
        tag,
      ]);
      choose(tag);
    },
    onError: failure.show,
  });
}

/** Finds a tag by some of its letters; whoever may makes it while at it. */
export function TagFinder({ label, offered, known, choose }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const [text, setText] = useState("");
  const box = useCombobox({
    onDropdownClose: () => {
      box.resetSelectedOption();
      setText("");
    },
    onDropdownOpen: () => box.focusSearchInput(),
  });
  const making = useCreate(known, choose);
  const name = text.trim();
  const found = rank(text, offered, (tag) => [tag.name]).slice(0, 30);
  const taken = known.some((tag) => tag.name.toLowerCase() === name.toLowerCase() && !tag.archived);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever other options are offered
  useEffect(() => {
    if (box.dropdownOpened) box.selectFirstOption();
  }, [text, box.dropdownOpened]);
  const submit = (id: string) => {
    const tag = offered.find((each) => each.id === id);
    if (tag) choose(tag);
    else if (id === create) making.mutate(name);
    box.closeDropdown();
    box.focusTarget();
  };
  return (
    <Combobox
      store={box}
      width={240}
      position="bottom-start"
      withinPortal={false}
      // a list that is there, even unseen, has the keys to itself
      keepMounted={false}
      transitionProps={{ duration: 0 }}
      onOptionSubmit={submit}
    >
      <Combobox.Target withAriaAttributes={false}>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          leftSection={<IconPlus size={13} aria-hidden="true" />}
          aria-label={label}
          aria-expanded={box.dropdownOpened}
          loading={making.isPending}
          onClick={() => box.toggleDropdown()}
        >
          {t("tags.add")}
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          aria-label={label}
          placeholder={t("tags.find")}
          maxLength={30}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Combobox.Options mah={240} style={{ overflowY: "auto" }} aria-label={label}>
          {found.map((tag) => (
            <Combobox.Option key={tag.id} value={tag.id}>
              <TagChip tag={tag} />
            </Combobox.Option>
          ))}
          {name && !taken && can(me, "tag.manage") ? (
            <Combobox.Option value={create}>{t("tags.create", { name })}</Combobox.Option>
          ) : found.length === 0 ? (
            <Combobox.Empty>{t("tags.nothing")}</Combobox.Empty>
          ) : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
