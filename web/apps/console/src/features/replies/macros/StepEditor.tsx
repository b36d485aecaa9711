import type { MacroStep } from "@frontdesk/api";
import { ActionIcon } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconX } from "@tabler/icons-react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { StepFields } from "./StepFields.tsx";
import styles from "./steps.module.css";

interface Props {
  readonly step: MacroStep;
  readonly number: number;
  /** Whether colleagues run the macro, too. */
  readonly shared: boolean;
  readonly change: (step: MacroStep) => void;
  /** Undefined where there is nowhere to go. */
  readonly up: (() => void) | undefined;
  readonly down: (() => void) | undefined;
  readonly remove: () => void;
}

export function StepEditor({ step, number, shared, change, up, down, remove }: Props) {
  const { t } = useTranslation();
  const buttons = [
    { label: "macros.up", run: up, Icon: IconArrowUp },
    { label: "macros.down", run: down, Icon: IconArrowDown },
  ] as const;
  const kind = t(`macros.kind.${step.do}`);
  return (
    <li className={styles.step}>
      <fieldset aria-label={t("macros.step", { number, kind })}>
        <div className={styles.head}>
          <span className={styles.number}>{number}</span>
          <strong>{kind}</strong>
          {buttons.map(({ label, run, Icon }) => (
            <ActionIcon
              key={label}
              variant="subtle"
              color="gray"
              aria-label={t(label)}
              disabled={!run}
              onClick={run}
            >
              <Icon size={16} />
            </ActionIcon>
          ))}
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("macros.removeStep", { number })}
            onClick={remove}
          >
            <IconX size={16} />
          </ActionIcon>
        </div>
        <StepFields step={step} shared={shared} change={change} />
      </fieldset>
    </li>
  );
}
