import type { QuickReply } from "@frontdesk/api";
import { useEffect, useRef } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { Enclosed } from "../../../shared/replies/Enclosed.tsx";
import { saidBy } from "../../../shared/replies/said.ts";
import styles from "./composer.module.css";
import type { useSavedReplies } from "./useSavedReplies.ts";

interface Props {
  readonly id: string;
  readonly replies: ReturnType<typeof useSavedReplies>;
  readonly choose: (reply: QuickReply) => void;
}

/** Belongs to the text field, which keeps the focus and names the chosen one by aria-activedescendant. */
export function SavedReplies({ id, replies, choose }: Props) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const { found, index, query, any } = replies;
  useEffect(() => {
    list.current?.children[index]?.scrollIntoView({ block: "nearest" });
  }, [index]);
  return (
    <div className={styles.saved}>
      <div
        ref={list}
        id={id}
        role="listbox"
        tabIndex={0}
        aria-label={t("composer.saved")}
        className={styles.savedList}
      >
        {found.map((reply, at) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the text field keeps the focus
          // biome-ignore lint/a11y/useKeyWithClickEvents: its keys are the text field's
          <div
            key={reply.id}
            id={`${id}-${at}`}
            role="option"
            aria-selected={at === index}
            className={styles.savedItem}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(reply)}
          >
            <span className={styles.savedTitle}>
              {reply.title}
              {reply.group ? <small>{reply.group}</small> : null}
              {reply.personal ? <small>{t("composer.personal")}</small> : null}
              <Enclosed reply={reply} />
            </span>
            <span className={styles.savedText} dir="auto">
              {saidBy(reply)}
            </span>
          </div>
        ))}
      </div>
      {found.length === 0 ? (
        <p className={styles.savedNone} role="status">
          {any ? t("composer.savedNone", { query }) : t("composer.savedEmpty")}
        </p>
      ) : null}
      <p className={styles.savedHint}>{t("composer.savedHint")}</p>
    </div>
  );
}
