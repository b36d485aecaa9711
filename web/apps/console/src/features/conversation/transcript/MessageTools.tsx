import type { EntryOf } from "@frontdesk/realtime";
import { IconCopy, IconQuote } from "@tabler/icons-react";
import type { TFunction } from "i18next";
import { draftsOf } from "../../../shared/drafts/drafts.ts";
import styles from "./message.module.css";

interface Props {
  readonly entry: EntryOf<"message">;
  readonly conversation: string;
  readonly me: string;
  readonly t: TFunction;
}

/** Puts the message above the answer that is being written. */
function quote(me: string, conversation: string, seq: number): void {
  const drafts = draftsOf(me);
  drafts.set(conversation, { ...drafts.get(conversation), note: false, quotes: seq });
  document.getElementById("composer")?.focus();
}

/** Plain buttons and no hooks: they are in every row, and a row has to be cheap. */
export function MessageTools({ entry, conversation, me, t }: Props) {
  const { body, seq } = entry;
  const [quoting, copying] = [t("conversation.quote"), t("conversation.copy")];
  return (
    <>
      <button
        type="button"
        className={styles.tool}
        title={quoting}
        aria-label={quoting}
        onClick={() => quote(me, conversation, seq)}
      >
        <IconQuote size={14} />
      </button>
      {body.type === "text" ? (
        <button
          type="button"
          className={styles.tool}
          title={copying}
          aria-label={copying}
          onClick={() => void navigator.clipboard?.writeText(body.text)}
        >
          <IconCopy size={14} />
        </button>
      ) : null}
    </>
  );
}
