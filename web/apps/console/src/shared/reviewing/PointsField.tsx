import type { KeyboardEvent } from "react";
import { useId } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "./reviewing.module.css";

const scale = [0, 1, 2, 3, 4, 5] as const;

interface Props {
  readonly name: string;
  readonly weight: number;
  readonly value: number | null;
  readonly first: boolean;
  readonly give: (points: number) => void;
}

/** Ahead of the arrow keys of radio buttons: a digit gives so many points, and goes on to the next criterion, if there is one. */
function onDigit(event: KeyboardEvent<HTMLInputElement>, give: (points: number) => void): void {
  const points = scale.find((each) => String(each) === event.key);
  if (points === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  give(points);
  const here = event.currentTarget.closest("fieldset");
  const next = here?.nextElementSibling;
  const ahead = next?.querySelector("input:checked") ?? next?.querySelector("input");
  const wanted = ahead ?? here?.querySelectorAll("input")[points];
  if (wanted instanceof HTMLElement) wanted.focus();
}

/** One criterion of the scorecard with its points. */
export function PointsField({ name, weight, value, first, give }: Props) {
  const { t } = useTranslation();
  const group = useId();
  return (
    <fieldset className={styles.criterion}>
      <legend>
        {name} <small>{t("reviewing.weight", { weight })}</small>
      </legend>
      <div className={styles.scale}>
        {scale.map((points) => (
          <label key={points} className={styles.points}>
            <input
              type="radio"
              name={group}
              checked={value === points}
              data-autofocus={(first && points === (value ?? 0)) || undefined}
              onChange={() => give(points)}
              onKeyDown={(event) => onDigit(event, give)}
            />
            <span>{points}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
