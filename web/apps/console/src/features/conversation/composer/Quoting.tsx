import type { Entry } from "@frontdesk/realtime";
import { CloseButton } from "@mantine/core";
import { useTranslation } from "../../../i18n/translation.tsx";
import { useConversation } from "../../../shared/live/connection.ts";
import { QuoteText } from "../transcript/Quote.tsx";
import styles from "./marks.module.css";

type MessageEntry = Extract<Entry, { kind: "message" }>;

interface Props {
  readonly conversation: string;
  readonly contact: string;
  readonly seq: number;
  readonly remove: () => void;
}

/** The message that the answer will quote. */
export function Quoting({ conversation, contact, seq, remove }: Props) {
  const { t } = useTranslation();
  const entries = useConversation(conversation)?.entries ?? [];
  const entry = entries[seq - (entries[0]?.seq ?? 1)];
  if (entry?.kind !== "message") return null;
  return (
    <div className={styles.quoting}>
      <QuoteText entry={entry as MessageEntry} contact={contact} />
      <CloseButton size="sm" aria-label={t("conversation.unquote")} onClick={remove} />
    </div>
  );
}
