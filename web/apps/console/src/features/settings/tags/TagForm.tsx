import type { Tag, TagColor } from "@frontdesk/api";
import { Group, Radio, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { FormDialog } from "../../../shared/admin/FormDialog.tsx";
import { useSave } from "../../../shared/admin/useSave.ts";
import { colors, freshColor } from "../../../shared/tags/colors.ts";
import { TagChip } from "../../../shared/tags/TagChip.tsx";

interface Props {
  readonly tag: Tag | null;
  readonly used: readonly TagColor[];
  readonly close: () => void;
}

export function TagForm({ tag, used, close }: Props) {
  const { t } = useTranslation();
  const save = useSave("tags", close);
  const [name, setName] = useState(tag?.name ?? "");
  const [color, setColor] = useState(() => tag?.color ?? freshColor(used));
  const [archived, setArchived] = useState(tag?.archived ?? false);
  const body = { name: name.trim(), color };
  return (
    <FormDialog
      title={t(tag ? "tags.edit" : "tags.new")}
      close={close}
      busy={save.isPending}
      ready={body.name !== ""}
      submit={() =>
        save.mutate([
          tag
            ? { method: "PATCH", path: `/v1/tags/${tag.id}`, body: { ...body, archived } }
            : { method: "POST", path: "/v1/tags", body },
        ])
      }
    >
      <TextInput
        data-autofocus
        label={t("common.name")}
        maxLength={30}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Radio.Group
        label={t("tags.color")}
        value={color}
        onChange={(value) => setColor(value as TagColor)}
      >
        <Group gap="sm" mt={6}>
          {colors.map((each) => (
            <Radio
              key={each}
              value={each}
              label={<TagChip tag={{ name: t(`tags.colors.${each}`), color: each }} />}
            />
          ))}
        </Group>
      </Radio.Group>
      {tag ? (
        <Switch
          label={t("fields.archive")}
          description={t("tags.archiveHint")}
          checked={archived}
          onChange={(event) => setArchived(event.currentTarget.checked)}
        />
      ) : null}
    </FormDialog>
  );
}
