import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { measuredQuery } from "../../shared/api/queries.ts";
import { clockTime, elapsed } from "../../shared/format/time.ts";
import { TimeLeft } from "../../shared/ui/DueTime.tsx";
import styles from "./contact.module.css";

function Figures({ conversation }: { conversation: string }) {
  const { t, i18n } = useTranslation();
  const { data, isError } = useQuery({ ...measuredQuery(conversation), staleTime: 0 });
  if (isError) return <p className={styles.none}>{t("error.title")}</p>;
  if (!data) return null;
  if (data.due.length + data.results.length === 0) {
    return <p className={styles.none}>{t("serviceLevel.noFigures")}</p>;
  }
  return (
    <ul className={styles.list}>
      {data.results.map(({ measure, since, ended_at, took_ms, met }) => (
        <li key={`${measure}${since}`} className={styles.candidate}>
          <span>
            <time dateTime={new Date(ended_at).toISOString()}>
              {clockTime(ended_at, i18n.language)}
            </time>{" "}
            {t(`due.${measure}`)}
          </span>
          <span className={met ? undefined : styles.missed}>
            {t(met ? "serviceLevel.met" : "serviceLevel.missed", { time: elapsed(took_ms) })}
          </span>
        </li>
      ))}
      {data.due.map((due) => (
        <li key={`${due.measure}${due.since}`} className={styles.candidate}>
          <span>{t(`due.${due.measure}`)}</span>
          <TimeLeft due={due} />
        </li>
      ))}
    </ul>
  );
}

/** Whether what was promised for the conversation was kept; fetched only when somebody asks. */
export function ServiceLevel({ conversation }: { conversation: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <details className={styles.section} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("serviceLevel.figures")}</summary>
      {open ? <Figures conversation={conversation} /> : null}
    </details>
  );
}
