import type { FileBody, ImageBody, MessageBody } from "@frontdesk/realtime";
import { UnstyledButton } from "@mantine/core";
import { IconFileText, IconSparkles } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { Card } from "../../../shared/cards/Card.tsx";
import { bytes } from "../../../shared/format/bytes.ts";
import { Linked } from "../../../shared/ui/Linked.tsx";
import { Marked } from "../../../shared/ui/Marked.tsx";
import styles from "./message.module.css";
import quotes from "./quote.module.css";
import { Voice } from "./Voice.tsx";
import { showImage } from "./viewer.ts";

function Image({ body }: { body: ImageBody }) {
  const { t } = useTranslation();
  const ratio = body.width && body.height ? body.width / body.height : 4 / 3;
  const width = Math.max(64, Math.min(300, body.width || 300, 340 * ratio));
  return (
    <UnstyledButton
      className={styles.image}
      style={{ width, aspectRatio: ratio }}
      aria-label={t("conversation.openImage", { name: body.name })}
      onClick={() => showImage({ url: body.url, name: body.name })}
    >
      <img src={body.thumbnail_url || body.url} alt={body.name} loading="lazy" />
    </UnstyledButton>
  );
}

function File({ body }: { body: FileBody }) {
  const { t } = useTranslation();
  return (
    <a
      className={styles.file}
      href={body.url}
      download={body.name}
      aria-label={t("conversation.download", { name: body.name })}
    >
      <IconFileText size={26} stroke={1.4} aria-hidden="true" />
      <span>
        <bdi className={styles.fileName}>{body.name}</bdi>
        <span className={styles.fileSize}>{bytes(body.size)}</span>
      </span>
    </a>
  );
}

interface ContentProps {
  readonly body: MessageBody;
  readonly quote?: ReactNode;
}

/** Other questions that a bot offered with its answer. */
function Offered({ questions }: { questions: readonly { readonly question: string }[] }) {
  const { t } = useTranslation();
  return (
    <ul className={styles.offered} aria-label={t("conversation.suggested")}>
      {questions.map(({ question }) => (
        <li key={question}>{question}</li>
      ))}
    </ul>
  );
}

function Unanswered() {
  const { t } = useTranslation();
  return (
    <span className={styles.unanswered}>
      <IconSparkles size={13} aria-hidden="true" /> {t("conversation.unanswered")}
    </span>
  );
}

/** What most messages are, plain text, is drawn without a hook. */
export function Content({ body, quote = null }: ContentProps) {
  if (body.type === "voice") return <Voice body={body} />;
  if (body.type === "image") return <Image body={body} />;
  if (body.type === "file") return <File body={body} />;
  if (body.type === "card") {
    return <Card body={body} picture={body.picture ? <Image body={body.picture} /> : null} />;
  }
  const offered = [...(body.suggestions ?? []), ...(body.related ?? [])];
  return (
    <div className={styles.bubble} dir="auto">
      {quote}
      {body.format === "markdown" ? (
        <Marked text={body.text} className={quotes.marked} />
      ) : (
        <Linked text={body.text} />
      )}
      {offered.length ? <Offered questions={offered} /> : null}
      {body.unanswered ? <Unanswered /> : null}
    </div>
  );
}
