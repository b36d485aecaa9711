import type { SavedFilter } from "@frontdesk/api";
import { ActionIcon, Menu } from "@mantine/core";
import { IconFilter, IconFilterFilled, IconPencil, IconPlus, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import * as words from "../../../i18n/en/filters.ts";
import { addEnglish } from "../../../i18n/i18n.ts";
import { useTranslation } from "../../../i18n/translation.tsx";
import { filtersQuery } from "../../../shared/api/queries.ts";
import { useCommands } from "../../../shared/commands/commands.ts";

addEnglish(words);

const FilterForm = lazy(() => import("./FilterForm.tsx"));

interface Props {
  /** The one that is shown now. */
  readonly saved: SavedFilter | undefined;
  /** Shows a filter by its id, or one's own conversations again. */
  readonly show: (id: string | undefined) => void;
}

/** The lists that have a name: one's own, and those of one's teams. */
export default function Filters({ saved, show }: Props) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  // Undefined: no form. Null: a new one.
  const [edited, setEdited] = useState<SavedFilter | null | undefined>(undefined);
  const { data = [] } = useQuery(filtersQuery);
  useCommands({ filters: () => setOpened(true) });
  const own = data.filter((each) => each.own);
  const shared = data.filter((each) => !each.own);
  const items = (list: readonly SavedFilter[]) =>
    list.map(({ id, name }) => (
      <Menu.Item key={id} onClick={() => show(id)} aria-current={id === saved?.id || undefined}>
        <bdi>{name}</bdi>
      </Menu.Item>
    ));
  return (
    <>
      <Menu
        opened={opened}
        onChange={setOpened}
        position="bottom-end"
        width={260}
        withinPortal={false}
      >
        <Menu.Target>
          <ActionIcon
            variant={saved ? "light" : "subtle"}
            color={saved ? "tide" : "gray"}
            size="lg"
            aria-label={saved ? t("filters.shown", { name: saved.name }) : t("filters.title")}
          >
            {saved ? <IconFilterFilled size={17} /> : <IconFilter size={18} />}
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown mah={420} style={{ overflowY: "auto" }}>
          {data.length === 0 ? <Menu.Label>{t("filters.none")}</Menu.Label> : null}
          {own.length ? <Menu.Label>{t("filters.own")}</Menu.Label> : null}
          {items(own)}
          {shared.length ? <Menu.Label>{t("filters.shared")}</Menu.Label> : null}
          {items(shared)}
          {data.length ? <Menu.Divider /> : null}
          {saved ? (
            <Menu.Item leftSection={<IconX size={15} />} onClick={() => show(undefined)}>
              {t("filters.leave")}
            </Menu.Item>
          ) : null}
          {saved?.own ? (
            <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => setEdited(saved)}>
              {t("filters.edit", { name: saved.name })}
            </Menu.Item>
          ) : null}
          <Menu.Item leftSection={<IconPlus size={15} />} onClick={() => setEdited(null)}>
            {t("filters.new")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {edited === undefined ? null : (
        <Suspense fallback={null}>
          <FilterForm filter={edited} show={show} close={() => setEdited(undefined)} />
        </Suspense>
      )}
    </>
  );
}
