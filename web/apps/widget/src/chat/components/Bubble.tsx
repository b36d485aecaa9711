import type { FileBody, ImageBody, MessageBody, TextBody } from "@frontdesk/realtime";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { isJustEmoji } from "../text/linkify.ts";
import { size } from "../text/time.ts";
import { useShared } from "./context.ts";
import { Icon } from "./Icon.tsx";
import { Lightbox } from "./Lightbox.tsx";
import { Marked } from "./Marked.tsx";
import { RichText } from "./RichText.tsx";
import { Voice } from "./Voice.tsx";

function Text({ body, quote }: { body: TextBody; quote: ComponentChildren }) {
  const huge = !quote && isJustEmoji(body.text);
  return (
    <div class={huge ? "bubble huge" : "bubble"} dir="auto">
      {quote}
      {body.format === "markdown" ? <Marked text={body.text} /> : <RichText text={body.text} />}
    </div>
  );
}

export function Image({ body }: { body: ImageBody }) {
  const { t } = useShared();
  const [open, setOpen] = useState(false);
  const ratio = body.width && body.height ? body.width / body.height : 4 / 3;
  return (
    <>
      <button
        type="button"
        class="picture"
        aria-label={t("message.open_image", { name: body.name })}
        onClick={() => setOpen(true)}
      >
        <img
          src={body.thumbnail_url || body.url}
          alt={body.name}
          width={body.width || 400}
          height={body.height || 300}
          style={{ aspectRatio: String(Math.min(2.2, Math.max(0.6, ratio))) }}
        />
      </button>
      {open && <Lightbox image={body} onClose={() => setOpen(false)} />}
    </>
  );
}

function File({ body }: { body: FileBody }) {
  const { t } = useShared();
  const bytes = size(body.size, t);
  return (
    <a
      class="bubble file"
      href={body.url}
      download={body.name}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={t("message.download", { name: body.name, size: bytes })}
    >
      <span class="file-icon">
        <Icon name="file" />
      </span>
      <span class="file-text">
        <span class="file-name">{body.name}</span>
        <span class="file-size">{bytes}</span>
      </span>
    </a>
  );
}

export function Bubble({ body, quote }: { body: MessageBody; quote?: ComponentChildren }) {
  switch (body.type) {
    case "text":
      return <Text body={body} quote={quote} />;
    case "voice":
      return <Voice body={body} />;
    case "image":
      return <Image body={body} />;
    case "file":
      return <File body={body} />;
    default:
      return null;
  }
}
