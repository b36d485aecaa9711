import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { trackQuery } from "../../shared/api/queries.ts";
import { dateTime } from "../../shared/format/time.ts";
import { Address } from "./Address.tsx";
import styles from "./contact.module.css";

/** The pages on which the customer opened the chat; fetched only when somebody asks. */
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
        {query.data?.map((stop) => (
          <li key={stop.at + stop.url} className={styles.change}>
            <p>
              <time dateTime={new Date(stop.at).toISOString()}>
                {dateTime(stop.at, Date.now(), i18n.language)}
              </time>
            </p>
            <Address address={stop.url} title={stop.title} />
          </li>
        ))}
      </ol>
    </details>
  );
}
