import type { Averages as AveragesAnswer } from "@frontdesk/api";
import { useTranslation } from "../../i18n/translation.tsx";
import { useNames } from "../../shared/reviewing/useNames.ts";
import { usePercent } from "../../shared/reviewing/usePercent.ts";
import styles from "./quality.module.css";

interface Props {
  readonly averages: AveragesAnswer["items"];
  readonly selected: string | undefined;
  readonly select: (agent: string | undefined) => void;
}

/** Agent by agent, the weakest first: that is where help is needed. One click keeps that agent's reviews alone. */
export function Averages({ averages, selected, select }: Props) {
  const { t } = useTranslation();
  const nameOf = useNames();
  const format = usePercent(1);
  const sorted = [...averages].sort((one, other) => (one.percent ?? 0) - (other.percent ?? 0));
  return (
    <section aria-labelledby="averages">
      <h2 id="averages" className={styles.heading}>
        {t("quality.averages")}
      </h2>
      <ul className={styles.averages}>
        {sorted.map(({ agent_id: agent, percent, reviews }) => (
          <li key={agent}>
            <button
              type="button"
              className={styles.average}
              aria-pressed={agent === selected}
              onClick={() => select(agent === selected ? undefined : agent)}
            >
              <strong>{nameOf(agent)}</strong>
              <span className={styles.bar} aria-hidden="true">
                <span style={{ width: `${percent ?? 0}%` }} />
              </span>
              <span className={styles.figure}>{format(percent)}</span>
              <small>{t("quality.reviews", { count: reviews })}</small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
