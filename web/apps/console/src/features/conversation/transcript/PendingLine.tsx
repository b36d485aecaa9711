import type { PendingMessage } from "@frontdesk/realtime";
import { Button } from "@mantine/core";
import { IconAlertCircle, IconFileText } from "@tabler/icons-react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { Card } from "../../../shared/cards/Card.tsx";
import { useConnection } from "../../../shared/live/connection.ts";
import { useFailure } from "../../../shared/ui/failure.ts";
import { Linked } from "../../../shared/ui/Linked.tsx";
import { Marked } from "../../../shared/ui/Marked.tsx";
import { uploadedMedia } from "../../../shared/uploads/uploads.ts";
import { MarkIcon } from "./MessageLine.tsx";
import styles from "./message.module.css";
import quotes from "./quote.module.css";

function Body({ message }: { message: PendingMessage }) {
  const { t } = useTranslation();
  const { body } = message;
  if (body.type === "text") {
    return (
      <div className={styles.bubble} dir="auto">
        {body.format === "markdown" ? (
          <Marked text={body.text} className={quotes.marked} />
        ) : (
          <Linked text={body.text} />
        )}
      </div>
    );
  }
  if (body.type === "card") return <Card body={body} />;
  const media = uploadedMedia(body.media_id);
  return (
    <div className={styles.file}>
      <IconFileText size={26} stroke={1.4} aria-hidden="true" />
      <span className={styles.fileName}>{media?.name ?? t("conversation.image")}</span>
    </div>
  );
}

/** Written, kept, and not yet confirmed. */
export function PendingLine({ message }: { message: PendingMessage }) {
  const { t } = useTranslation();
  const connection = useConnection();
  const { words } = useFailure();
  const failed = message.state === "failed";
  return (
    <article
      className={styles.message}
      data-side="our"
      data-by="agent"
      data-first
      data-pending={failed ? "failed" : "waiting"}
    >
      <span className={styles.side} />
      <div className={styles.column}>
        <div className={styles.line}>
          <Body message={message} />
        </div>
        {failed ? (
          <span className={styles.failed} role="alert">
            <IconAlertCircle size={14} aria-hidden="true" />
            <span>
              {t("conversation.failed")}
              {message.error ? `: ${words({ wire: message.error })}` : null}
            </span>
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={() => connection.retry(message.client_id)}
            >
              {t("conversation.resend")}
            </Button>
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              onClick={() => connection.discard(message.client_id)}
            >
              {t("conversation.discard")}
            </Button>
          </span>
        ) : (
          <span className={styles.meta}>
            <MarkIcon mark="pending" />
          </span>
        )}
      </div>
    </article>
  );
}
