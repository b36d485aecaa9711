import type { SearchHit } from "@frontdesk/api";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "../../i18n/translation.tsx";
import { dateTime } from "../../shared/format/time.ts";
import { Face } from "../../shared/ui/Face.tsx";
import styles from "./history.module.css";

/** Pieces are distinguished by where they begin. */
function places(snippet: SearchHit["snippet"]) {
  let at = 0;
  return snippet.map((piece) => {
    const key = at;
    at += piece.text.length;
    return { ...piece, key };
  });
}

export function Hit({ hit, selected }: { hit: SearchHit; selected: boolean }) {
  const { t, i18n } = useTranslation();
  const { conversation, sender } = hit;
  const { contact } = conversation;
  const by = sender.kind === "visitor" ? contact.name : (sender.name ?? t("conversation.bot"));
  return (
    <li>
      <Link
        to="/history"
        search={(before) => ({ ...before, open: conversation.id, at: hit.seq })}
        className={styles.hit}
        data-selected={selected || undefined}
        aria-current={selected ? "true" : undefined}
      >
        <Face id={contact.id} name={contact.name} size={34} />
        <span className={styles.hitBody}>
          <span className={styles.hitTop}>
            <strong dir="auto">{contact.name}</strong>
            <time dateTime={new Date(hit.at).toISOString()}>
              {dateTime(hit.at, Date.now(), i18n.language)}
            </time>
          </span>
          <span className={styles.snippet} dir="auto">
            {sender.kind === "visitor" ? null : <bdi className={styles.by}>{by}: </bdi>}
            {places(hit.snippet).map(({ key, text, hit: found }) =>
              found ? <mark key={key}>{text}</mark> : <span key={key}>{text}</span>,
            )}
          </span>
        </span>
      </Link>
    </li>
  );
}
