import type { OverflowStep, Team } from "@frontdesk/api";
import { ActionIcon, Button, Select } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTranslation } from "../../../i18n/translation.tsx";
import styles from "../staff.module.css";

interface Props {
  readonly label: string;
  readonly steps: readonly OverflowStep[];
  /** The teams that somebody may be passed on to. */
  readonly teams: readonly Team[];
  readonly set: (steps: OverflowStep[]) => void;
}

const shown = ({ to, team_id }: OverflowStep) => (to === "team" ? (team_id ?? "") : to);
const stored = (value: string): OverflowStep =>
  value === "bot" || value === "leave_message"
    ? { to: value, team_id: null }
    : { to: "team", team_id: value };

/** Where somebody goes who cannot wait: one step after the other, until one can be taken. */
export function Chain({ label, steps, teams, set }: Props) {
  const { t } = useTranslation();
  const choices = [
    ...teams.map(({ id, name }) => ({ value: id, label: t("overflow.toTeam", { team: name }) })),
    { value: "bot", label: t("overflow.toBot") },
    { value: "leave_message", label: t("overflow.toMessage") },
  ];
  const ended = steps.at(-1)?.to === "leave_message";
  return (
    <fieldset className={styles.group}>
      <legend>{label}</legend>
      {steps.map((step, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps have no identity but their place
        <div key={at} className={styles.line}>
          <Select
            aria-label={`${label} ${at + 1}`}
            allowDeselect={false}
            placeholder={t("overflow.gone")}
            data={choices}
            value={shown(step)}
            onChange={(value) =>
              set(steps.map((one, index) => (index === at && value ? stored(value) : one)))
            }
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            mb={4}
            aria-label={`${t("routing.remove")} ${at + 1}`}
            onClick={() => set(steps.filter((_, index) => index !== at))}
          >
            <IconX size={16} />
          </ActionIcon>
        </div>
      ))}
      {ended ? null : <p className={styles.hint}>{t("overflow.end")}</p>}
      {steps.length < 5 && !ended ? (
        <Button
          size="xs"
          variant="subtle"
          onClick={() => set([...steps, stored(teams[0]?.id ?? "bot")])}
        >
          {t("overflow.add")}
        </Button>
      ) : null}
    </fieldset>
  );
}
