import type { EntryOf } from "@frontdesk/realtime";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "../../../i18n/translation.tsx";
import { clockTime } from "../../../shared/format/time.ts";
import styles from "./transcript.module.css";

interface Props {
  readonly entry: EntryOf<"note">;
  readonly found: boolean;
}

/** A note that says what its sender did with a ticket, and leads to it. */
export function TicketLine({ entry, found }: Props) {
  const { t, i18n } = useTranslation();
  const { ticket, text, mentions = [] } = entry.body;
  const name = entry.sender.name ?? t("conversation.system.somebody");
  const to = mentions.find(({ id }) => id !== entry.sender.id)?.name;
  const said = {
    made: ["made", "madeFor"],
    given: ["taken", "given"],
    answered: ["answered", "answered"],
  } as const;
  const [alone, another] = said[ticket?.deed ?? "made"];
  return (
    <p
      className={styles.system}
      data-kind="ticket"
      data-seq={entry.seq}
      data-found={found || undefined}
    >
      {t(`ticketLine.${to ? another : alone}`, { name, to })}{" "}
      <Link to="/tickets" search={{ open: ticket?.id }}>
        {text}
      </Link>
      <time dateTime={new Date(entry.at).toISOString()}>{clockTime(entry.at, i18n.language)}</time>
    </p>
  );
}
