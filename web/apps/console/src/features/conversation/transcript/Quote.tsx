import { type Entry, preview, unmarked } from "@frontdesk/realtime";
import { useTranslation } from "../../../i18n/translation.tsx";
import styles from "./quote.module.css";

type MessageEntry = Extract<Entry, { kind: "message" }>;

interface Props {
  readonly entry: MessageEntry;
  readonly contact: string;
}

const shown = 200;

/** A message in short: who, and what. */
export function QuoteText({ entry, contact }: Props) {
  const { t } = useTranslation();
  const { sender } = entry;
  const name = sender.kind === "visitor" ? contact : (sender.name ?? t("conversation.automatic"));
  const words = () => {
    if (entry.recalled) return t("conversation.quotedRecalled");
    const { body } = entry;
    if (body.type === "voice") return t("conversation.voice");
    if (body.type !== "text") return preview(body);
    return (body.format === "markdown" ? unmarked(body.text) : body.text).slice(0, shown);
  };
  return (
    <span className={styles.quote} dir="auto">
      <b>{name}</b>
      <span>{words()}</span>
    </span>
  );
}

/** What a message answers, above its own words; pressing it goes there. */
export function Quote(props: Props) {
  const { t } = useTranslation();
  const { seq } = props.entry;
  return (
    <button
      type="button"
      className={styles.jump}
      onClick={() => {
        const place = document.querySelector<HTMLElement>(`[data-seq="${seq}"]`);
        place?.scrollIntoView({ block: "center" });
        place?.focus({ preventScroll: true });
      }}
    >
      <span className="sr-only">{t("conversation.quoted")} </span>
      <QuoteText {...props} />
    </button>
  );
}
