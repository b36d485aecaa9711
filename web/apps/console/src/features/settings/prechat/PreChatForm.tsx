import type { Channel, FormLine } from "@frontdesk/api";
import { Button, Menu, Stack, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { FormDialog } from "../../../shared/admin/FormDialog.tsx";
import { useSave } from "../../../shared/admin/useSave.ts";
import { contactFieldsQuery } from "../../../shared/api/queries.ts";
import { LineEditor } from "./LineEditor.tsx";
import { addable, type EditedLine, isReady, type Kind, moved, newLine } from "./lines.ts";

const maxLines = 12;

/** What a channel asks its visitors before the chat. */
export function PreChatForm({ channel, close }: { channel: Channel; close: () => void }) {
  const { t } = useTranslation();
  const save = useSave("channels", close);
  const { data: fields = [] } = useQuery(contactFieldsQuery);
  const [lines, setLines] = useState<readonly EditedLine[]>(() =>
    channel.form.map((line, place) => ({ ...line, place })),
  );
  const { kinds, fields: left } = addable(lines, fields);
  const add = (kind: Kind, key = "") => {
    const place = Math.max(-1, ...lines.map((line) => line.place)) + 1;
    setLines([...lines, { ...newLine(kind, key), place }]);
  };
  const change = (place: number, part: Partial<FormLine>) =>
    setLines((now) => now.map((line) => (line.place === place ? { ...line, ...part } : line)));
  const form = lines.map(({ place: _, ...line }) => line);
  return (
    <FormDialog
      title={t("settings.prechat.title", { name: channel.name })}
      size="lg"
      close={close}
      busy={save.isPending}
      ready={form.every(isReady)}
      submit={() =>
        save.mutate([{ method: "PATCH", path: `/v1/channels/${channel.id}`, body: { form } }])
      }
    >
      <Text size="sm" c="dimmed">
        {t(lines.length ? "settings.prechat.hint" : "settings.prechat.none")}
      </Text>
      <Stack gap="sm">
        {lines.map((line, index) => (
          <LineEditor
            key={line.place}
            line={line}
            fields={fields}
            first={index === 0}
            last={index === lines.length - 1}
            change={(part) => change(line.place, part)}
            move={(by) => setLines(moved(lines, index, index + by))}
            remove={() => setLines(lines.filter(({ place }) => place !== line.place))}
          />
        ))}
      </Stack>
      <Menu position="bottom-start" withinPortal>
        <Menu.Target>
          <Button
            w="fit-content"
            variant="default"
            size="compact-md"
            data-autofocus
            leftSection={<IconPlus size={14} />}
            disabled={lines.length >= maxLines}
          >
            {t("settings.prechat.add")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={320} style={{ overflowY: "auto" }}>
          {kinds.map((kind) => (
            <Menu.Item key={kind} onClick={() => add(kind)}>
              {t(`settings.prechat.kind.${kind}`)}
            </Menu.Item>
          ))}
          {left.length ? <Menu.Label>{t("fields.title")}</Menu.Label> : null}
          {left.map(({ key, label }) => (
            <Menu.Item key={key} onClick={() => add("field", key)}>
              {label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </FormDialog>
  );
}
