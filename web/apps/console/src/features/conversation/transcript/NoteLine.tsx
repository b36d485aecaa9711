import type { Entry } from "@frontdesk/realtime";
import { IconNotes } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { clockTime } from "../../../shared/format/time.ts";
import { Linked } from "../../../shared/ui/Linked.tsx";
import styles from "./transcript.module.css";

interface Props {
  readonly entry: Extract<Entry, { kind: "note" }>;
  readonly found: boolean;
}

export function NoteLine({ entry, found }: Props) {
  const { t, i18n } = useTranslation();
  return (
    <article
      className={styles.note}
      data-seq={entry.seq}
      data-found={found || undefined}
      aria-label={t("conversation.note")}
    >
      <header>
        <IconNotes size={14} aria-hidden="true" />
        <strong>{entry.sender.name ?? t("conversation.system.somebody")}</strong>
        <span>{t("conversation.note")}</span>
        <time dateTime={new Date(entry.at).toISOString()}>
          {clockTime(entry.at, i18n.language)}
        </time>
      </header>
      <div className={styles.noteText}>
        <Linked text={entry.body.text} />
      </div>
    </article>
  );
}
