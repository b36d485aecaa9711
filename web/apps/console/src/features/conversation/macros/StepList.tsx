import type { MacroStep, StepOutcome, TakenStep } from "@frontdesk/api";
import { useTranslation } from "../../../i18n/translation.tsx";
import { useRefusal } from "../../../shared/macros/useRefusal.ts";
import { useStepWords } from "../../../shared/macros/useStepWords.ts";
import styles from "./macros.module.css";

const marks: Record<StepOutcome, string> = { done: "✓", refused: "✕", not_tried: "–" };

/** What a macro will do. */
export function StepList({ steps }: { steps: readonly MacroStep[] }) {
  const { t } = useTranslation();
  const say = useStepWords();
  return (
    <ol className={styles.steps} aria-label={t("macros.steps")}>
      {steps.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the order is all there is to tell them apart, and it stays
        <li key={index}>{say(step)}</li>
      ))}
    </ol>
  );
}

/** What became of each step, and why it went no further. */
export function TakenList({ steps }: { steps: readonly TakenStep[] }) {
  const { t } = useTranslation();
  const say = useStepWords();
  const refusal = useRefusal();
  return (
    <ol className={styles.taken} aria-label={t("macros.steps")}>
      {steps.map(({ step, outcome, error }, index) => {
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the order is all there is to tell them apart, and it stays
          <li key={index} data-outcome={outcome}>
            <b role="img" aria-label={t(`macros.outcome.${outcome}`)}>
              {marks[outcome]}
            </b>
            <span>
              {say(step)}
              {error ? <small>{refusal(error)}</small> : null}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
