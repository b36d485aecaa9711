import type { EntryOf } from "@frontdesk/realtime";
import { IconCopy, IconLanguage, IconQuote } from "@tabler/icons-react";
import type { TFunction } from "i18next";
import { draftsOf } from "../../../shared/drafts/drafts.ts";
import { translateMessage } from "../translation/asked.ts";
import styles from "./message.module.css";

interface Props {
  readonly entry: EntryOf<"message">;
  readonly conversation: string;
  readonly me: string;
  readonly translates: boolean;
  /** Whether the icons are drawn: nobody sees them before the pointer or the focus comes here. */
  readonly drawn: boolean;
  readonly draw: () => void;
  readonly t: TFunction;
}

/** Puts the message above the answer that is being written. */
function quote(me: string, conversation: string, seq: number): void {
  const drafts = draftsOf(me);
  drafts.set(conversation, { ...drafts.get(conversation), note: false, quotes: seq });
  document.getElementById("composer")?.focus();
}

/** Plain buttons and no hooks: they are in every row, and a row has to be cheap. */
export function MessageTools({ entry, conversation, me, translates, drawn, draw, t }: Props) {
  const { body, seq } = entry;
  const [quoting, copying] = [t("conversation.quote"), t("conversation.copy")];
  const translating = t("translation.name");
  return (
    <>
      <button
        type="button"
        className={styles.tool}
        title={quoting}
        aria-label={quoting}
        onFocus={draw}
        onClick={() => quote(me, conversation, seq)}
      >
        {drawn ? <IconQuote size={14} /> : null}
      </button>
      {body.type === "text" ? (
        <button
          type="button"
          className={styles.tool}
          title={copying}
          aria-label={copying}
          onFocus={draw}
          onClick={() => void navigator.clipboard?.writeText(body.text)}
        >
          {drawn ? <IconCopy size={14} /> : null}
        </button>
      ) : null}
      {translates ? (
        <button
          type="button"
          className={styles.tool}
          title={translating}
          aria-label={translating}
          onFocus={draw}
          onClick={() => translateMessage(conversation, seq, true)}
        >
          {drawn ? <IconLanguage size={14} /> : null}
        </button>
      ) : null}
    </>
  );
}
