import type { Stop } from "@frontdesk/api";
import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { trackQuery } from "../../shared/api/queries.ts";
import { dateTime, elapsed } from "../../shared/format/time.ts";
import { Address } from "./Address.tsx";
import styles from "./contact.module.css";

/** Who comes to another page after that long has been away meanwhile. */
const VISIT = 30 * 60_000;

/** Until the next page was opened: how long somebody reads the last one is not known. */
function stayed({ at }: Stop, next: Stop | undefined, t: TFunction): string {
  if (!next || next.at - at > VISIT) return "";
  return ` · ${t("contact.trackStayed", { time: elapsed(next.at - at) })}`;
}

/** The pages on which the customer had the chat, and how long they stayed; fetched only when somebody asks. */
export function Track({ contact }: { contact: string }) {
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState(false);
  const query = useQuery({ ...trackQuery(contact), enabled: open });
  return (
    <details className={styles.section} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("contact.track")}</summary>
      {query.data?.length === 0 ? <p className={styles.none}>{t("contact.trackNone")}</p> : null}
      {query.isError ? <p className={styles.none}>{t("error.title")}</p> : null}
      <ol className={styles.list}>
        {query.data?.map((stop, at, stops) => (
          <li key={stop.at + stop.url} className={styles.change}>
            <p>
              <time dateTime={new Date(stop.at).toISOString()}>
                {dateTime(stop.at, Date.now(), i18n.language)}
              </time>
              {stayed(stop, stops[at - 1], t)}
            </p>
            <Address address={stop.url} title={stop.title} />
          </li>
        ))}
      </ol>
    </details>
  );
}
