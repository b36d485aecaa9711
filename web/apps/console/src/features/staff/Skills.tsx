import { ActionIcon, Button, Select, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "./staff.module.css";

interface Props {
  readonly label: string;
  readonly hint?: string;
  readonly value: Readonly<Record<string, number>>;
  readonly set: (value: Record<string, number>) => void;
}

const levels = ["1", "2", "3", "4", "5"];

/** Skills with their levels. A row without a name counts for nothing until it has one. */
export function Skills({ label, hint, value, set }: Props) {
  const { t } = useTranslation();
  const [rows, setRows] = useState(() =>
    Object.entries(value).map(([name, level], id) => ({ id, name, level })),
  );
  const change = (next: typeof rows) => {
    setRows(next);
    set(
      Object.fromEntries(
        next.filter(({ name }) => name.trim()).map(({ name, level }) => [name.trim(), level]),
      ),
    );
  };
  const patch = (id: number, part: { name?: string; level?: number }) =>
    change(rows.map((row) => (row.id === id ? { ...row, ...part } : row)));
  return (
    <fieldset className={styles.group}>
      <legend>{label}</legend>
      {hint ? <p className={styles.hint}>{hint}</p> : null}
      {rows.map(({ id, name, level }) => (
        <div key={id} className={styles.line}>
          <TextInput
            aria-label={t("staff.skill")}
            placeholder={t("staff.skill")}
            maxLength={40}
            value={name}
            onChange={(event) => patch(id, { name: event.currentTarget.value })}
          />
          <Select
            aria-label={t("staff.level")}
            w={76}
            data={levels}
            allowDeselect={false}
            value={String(level)}
            onChange={(next) => patch(id, { level: Number(next) || 1 })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`${t("routing.remove")} ${name}`}
            onClick={() => change(rows.filter((row) => row.id !== id))}
          >
            <IconX size={16} />
          </ActionIcon>
        </div>
      ))}
      <Button
        size="xs"
        variant="subtle"
        onClick={() =>
          change([
            ...rows,
            { id: Math.max(-1, ...rows.map((row) => row.id)) + 1, name: "", level: 3 },
          ])
        }
      >
        {t("staff.addSkill")}
      </Button>
    </fieldset>
  );
}
