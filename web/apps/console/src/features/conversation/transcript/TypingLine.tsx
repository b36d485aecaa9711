import type { ConversationState } from "@frontdesk/realtime";
import { useTranslation } from "../../../i18n/translation.tsx";
import { useMe } from "../../../shared/session/session.ts";
import { Face } from "../../../shared/ui/Face.tsx";
import styles from "./message.module.css";
import transcript from "./transcript.module.css";

/** What the visitor is writing right now, before it is sent. Not announced: it changes with every key. */
export function TypingLine({ conversation }: { conversation: ConversationState }) {
  const { t } = useTranslation();
  const me = useMe().agent.id;
  const { typing, snapshot } = conversation;
  if (!typing || typing.sender.id === me) return null;
  if (typing.sender.kind !== "visitor") {
    const name = typing.sender.name ?? t("conversation.bot");
    return <p className={transcript.system}>{t("conversation.typingAgent", { name })}</p>;
  }
  return (
    <div className={styles.message} data-side="their" data-first data-typing>
      <span className={styles.side}>
        <Face id={snapshot.contact.id} name={snapshot.contact.name} size={30} />
      </span>
      <div className={styles.column}>
        <div className={styles.bubble} dir="auto">
          {typing.text}
          <span className={styles.dots} aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
        </div>
        <span className={styles.meta}>{t("conversation.typing")}</span>
      </div>
    </div>
  );
}
