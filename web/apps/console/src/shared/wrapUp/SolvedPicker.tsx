import { useId } from "react";
import * as words from "../../i18n/en/wrapUp.ts";
import { addEnglish } from "../../i18n/i18n.ts";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "./wrapUp.module.css";

addEnglish(words);

interface Props {
  readonly value: boolean | null;
  readonly choose: (solved: boolean | null) => void;
}

const states = [
  [true, "solved"],
  [false, "unsolved"],
  [null, "unsaid"],
] as const;

/** Whether the agent holds the matter for solved. */
export function SolvedPicker({ value, choose }: Props) {
  const { t } = useTranslation();
  const group = useId();
  return (
    <fieldset className={styles.solved}>
      <legend>{t("wrapUp.question")}</legend>
      <div className={styles.pills}>
        {states.map(([state, word]) => (
          <label key={word} className={styles.pill}>
            <input
              type="radio"
              name={group}
              checked={value === state}
              onChange={() => choose(state)}
            />
            <span>{t(`wrapUp.${word}`)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
