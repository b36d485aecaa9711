import type { Condition } from "@frontdesk/api";
import { ActionIcon, Select, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTranslation } from "../../../i18n/translation.tsx";
import styles from "../staff.module.css";

interface Props {
  readonly condition: Condition;
  readonly set: (condition: Condition) => void;
  readonly remove?: (() => void) | undefined;
}

const attributes = ["language", "page", "parameter", "referrer", "vip", "channel"] as const;
const tests = ["is", "contains", "starts_with", "at_least"] as const;
const prefix = "parameter.";

/** One condition: what, how, and which value; a parameter of the page's address has a name besides. */
export function ConditionLine({ condition, set, remove }: Props) {
  const { t } = useTranslation();
  const isParameter = condition.attribute.startsWith(prefix);
  return (
    <div className={styles.line}>
      <Select
        label={t("routing.attribute")}
        allowDeselect={false}
        data={attributes.map((value) => ({ value, label: t(`routing.attributes_.${value}`) }))}
        value={isParameter ? "parameter" : condition.attribute}
        onChange={(value) =>
          set({
            ...condition,
            attribute: value === "parameter" ? `${prefix}product` : (value ?? "language"),
          })
        }
      />
      {isParameter ? (
        <TextInput
          label={t("routing.parameter")}
          maxLength={40}
          value={condition.attribute.slice(prefix.length)}
          onChange={(event) =>
            set({
              ...condition,
              attribute: prefix + event.currentTarget.value.replace(/[^A-Za-z0-9_-]/g, ""),
            })
          }
        />
      ) : null}
      <Select
        label={t("routing.test")}
        allowDeselect={false}
        data={tests.map((value) => ({ value, label: t(`routing.tests.${value}`) }))}
        value={condition.test}
        onChange={(value) => set({ ...condition, test: (value ?? "is") as Condition["test"] })}
      />
      <TextInput
        label={t("routing.value")}
        maxLength={200}
        required
        value={condition.value}
        onChange={(event) => set({ ...condition, value: event.currentTarget.value })}
      />
      {remove ? (
        <ActionIcon
          variant="subtle"
          color="gray"
          mb={4}
          aria-label={t("routing.remove")}
          onClick={remove}
        >
          <IconX size={16} />
        </ActionIcon>
      ) : null}
    </div>
  );
}
