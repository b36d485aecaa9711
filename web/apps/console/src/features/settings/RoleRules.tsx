import { ActionIcon, Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useTranslation } from "../../i18n/translation.tsx";
import { useRoles } from "../../shared/session/roles.ts";

interface Rule {
  readonly value: string;
  readonly role: string;
}

interface Props {
  readonly rules: readonly Rule[];
  /** The role of who has none of the values; empty: they do not come in. */
  readonly otherwise: string;
  readonly change: (rules: Rule[], otherwise: string) => void;
}

/** Which value of a claim makes somebody what; the first that fits counts. */
export function RoleRules({ rules, otherwise, change }: Props) {
  const { t } = useTranslation();
  const { roles, nameOf } = useRoles();
  const known = roles.map(({ id }) => ({ value: id, label: nameOf(id) }));
  const put = (at: number, part: Partial<Rule>) =>
    change(
      rules.map((rule, index) => (index === at ? { ...rule, ...part } : rule)),
      otherwise,
    );
  return (
    <Stack gap="xs">
      <Text size="sm" fw={500}>
        {t("access.sso.rules")}
      </Text>
      {rules.map((rule, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a rule is known by its place alone
        <Group key={index} gap="xs" wrap="nowrap">
          <TextInput
            flex={1}
            aria-label={t("access.sso.value")}
            placeholder={t("access.sso.value")}
            spellCheck={false}
            value={rule.value}
            onChange={(event) => put(index, { value: event.currentTarget.value })}
          />
          <Select
            flex={1}
            aria-label={t("staff.roleLabel")}
            allowDeselect={false}
            data={known}
            value={rule.role}
            onChange={(role) => put(index, { role: role ?? "agent" })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("access.sso.removeRule")}
            onClick={() =>
              change(
                rules.filter((_, other) => other !== index),
                otherwise,
              )
            }
          >
            <IconX size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Button
        w="fit-content"
        size="compact-sm"
        variant="subtle"
        leftSection={<IconPlus size={14} />}
        onClick={() => change([...rules, { value: "", role: "agent" }], otherwise)}
      >
        {t("access.sso.addRule")}
      </Button>
      <Select
        label={t("access.sso.otherwise")}
        placeholder={t("access.sso.nobody")}
        clearable
        data={known}
        value={otherwise || null}
        onChange={(role) => change([...rules], role ?? "")}
      />
    </Stack>
  );
}
