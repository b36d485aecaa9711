import type { ContactField, FormLine } from "@frontdesk/api";
import {
  ActionIcon,
  Group,
  MultiSelect,
  SimpleGrid,
  Switch,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "../../../i18n/translation.tsx";
import { teamsQuery } from "../../../shared/api/queries.ts";
import { own } from "./lines.ts";
import styles from "./prechat.module.css";

interface Props {
  readonly line: FormLine;
  readonly fields: readonly ContactField[];
  readonly first: boolean;
  readonly last: boolean;
  readonly change: (part: Partial<FormLine>) => void;
  readonly move: (by: -1 | 1) => void;
  readonly remove: () => void;
}

const tongues = ["zh-CN", "en"] as const;

export function LineEditor({ line, fields, first, last, change, move, remove }: Props) {
  const { t } = useTranslation();
  const { data: teams = [] } = useQuery(teamsQuery);
  const isOwn = own.includes(line.kind);
  const name =
    line.kind === "field"
      ? (fields.find(({ key }) => key === line.key)?.label ?? line.key)
      : t(`settings.prechat.kind.${line.kind}`);
  const language = (tongue: (typeof tongues)[number]) =>
    t(tongue === "en" ? "settings.prechat.english" : "settings.prechat.chinese");
  return (
    <fieldset className={styles.line}>
      <legend className={styles.legend}>{name}</legend>
      <Group justify="space-between" gap="xs">
        <Switch
          label={t("settings.prechat.required")}
          checked={line.required}
          onChange={(event) => change({ required: event.currentTarget.checked })}
        />
        <Group gap={2}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("fields.up", { label: name })}
            disabled={first}
            onClick={() => move(-1)}
          >
            <IconArrowUp size={16} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("fields.down", { label: name })}
            disabled={last}
            onClick={() => move(1)}
          >
            <IconArrowDown size={16} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="red"
            aria-label={t("settings.prechat.remove", { name })}
            onClick={remove}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      </Group>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" mt="xs">
        {tongues.map((tongue) => (
          <TextInput
            key={tongue}
            label={`${t("settings.prechat.question")} (${language(tongue)})`}
            placeholder={isOwn ? undefined : t("settings.prechat.usual")}
            maxLength={120}
            value={line.label[tongue]}
            onChange={(event) =>
              change({ label: { ...line.label, [tongue]: event.currentTarget.value } })
            }
          />
        ))}
        {line.kind === "choice"
          ? tongues.map((tongue) => (
              <Textarea
                key={`choices-${tongue}`}
                label={`${t("settings.prechat.choices")} (${language(tongue)})`}
                autosize
                minRows={2}
                defaultValue={line.choices[tongue].join("\n")}
                onChange={(event) => {
                  const lines = event.currentTarget.value.split("\n");
                  const choices = lines.map((each) => each.trim()).filter(Boolean);
                  change({ choices: { ...line.choices, [tongue]: choices } });
                }}
              />
            ))
          : null}
      </SimpleGrid>
      {line.kind === "team" ? (
        <>
          <MultiSelect
            mt="xs"
            label={t("settings.prechat.teams")}
            data={teams.map(({ id, name: label }) => ({ value: id, label }))}
            value={[...line.teams]}
            onChange={(chosen) => change({ teams: chosen })}
          />
          <Text size="xs" c="dimmed" mt={4}>
            {t("settings.prechat.teamsHint")}
          </Text>
        </>
      ) : null}
    </fieldset>
  );
}
