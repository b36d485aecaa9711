import type { PendingMessage } from "@frontdesk/realtime";
import type { FirstMessage } from "../model/first.ts";
import type { Upload } from "../model/uploads.ts";
import { size } from "../text/time.ts";
import { useShared } from "./context.ts";
import { Icon } from "./Icon.tsx";
import { RichText } from "./RichText.tsx";

interface FailureProps {
  text: string;
  onRetry: () => void;
  onDiscard: () => void;
}

function Failure({ text, onRetry, onDiscard }: FailureProps) {
  const { t } = useShared();
  return (
    <p class="mark failed" role="alert">
      <Icon name="alert" size={15} />
      <span>{text}</span>
      <button type="button" class="text-button" onClick={onRetry}>
        {t("message.retry")}
      </button>
      <button type="button" class="text-button" onClick={onDiscard}>
        {t("message.discard")}
      </button>
    </p>
  );
}

function Waiting() {
  const { chat, t } = useShared();
  const text = chat.line === "online" ? "message.sending" : "message.waiting";
  return (
    <p class="mark">
      <Icon name="clock" size={14} />
      {t(text)}
    </p>
  );
}

type Shown = Pick<Upload, "name" | "size" | "preview" | "duration">;

function Attachment({ upload }: { upload: Shown }) {
  const { t } = useShared();
  if (upload.preview) {
    return (
      <span class="picture">
        <img src={upload.preview} alt={t("message.image", { name: upload.name })} />
      </span>
    );
  }
  const voice = upload.duration !== undefined;
  return (
    <span class="bubble file">
      <span class="file-icon">
        <Icon name={voice ? "mic" : "file"} />
      </span>
      <span class="file-text">
        <span class="file-name">{voice ? t("message.voice") : upload.name}</span>
        {upload.size > 0 && <span class="file-size">{size(upload.size, t)}</span>}
      </span>
    </span>
  );
}

/** Where a message stands among those still on their way. */
interface Place {
  first: boolean;
  last: boolean;
}

function article({ first }: Place, pending: boolean): string {
  return `message own last${first ? " first" : ""}${pending ? " pending" : ""}`;
}

export function PendingView({ message, ...place }: Place & { message: PendingMessage }) {
  const { chat, t } = useShared();
  const { body, client_id } = message;
  const failed = message.state === "failed";
  const known = body.type === "text" ? undefined : chat.media.get(body.media_id ?? "");
  return (
    <article class={article(place, !failed)}>
      <div class="message-body">
        <div class="message-line">
          {body.type === "text" ? (
            <div class="bubble" dir="auto">
              <RichText text={body.text} />
            </div>
          ) : (
            <Attachment upload={known ?? { name: "…", size: 0, preview: null }} />
          )}
        </div>
        {failed ? (
          <Failure
            text={t("message.failed")}
            onRetry={() => chat.saying.retry(client_id)}
            onDiscard={() => chat.saying.discard(client_id)}
          />
        ) : (
          place.last && <Waiting />
        )}
      </div>
    </article>
  );
}

export function FirstView({ message, ...place }: Place & { message: FirstMessage }) {
  return (
    <article class={article(place, true)}>
      <div class="message-body">
        <div class="message-line">
          <div class="bubble" dir="auto">
            <RichText text={message.text} />
          </div>
        </div>
        {place.last && <Waiting />}
      </div>
    </article>
  );
}

export function UploadView({ upload, ...place }: Place & { upload: Upload }) {
  const { chat, t } = useShared();
  const percent = Math.round(upload.progress * 100);
  const refused = upload.error?.kind === "invalid";
  return (
    <article class={article(place, false)}>
      <div class="message-body">
        <div class="message-line">
          <Attachment upload={upload} />
        </div>
        {upload.state === "failed" ? (
          <Failure
            text={refused ? t("upload.refused") : t("upload.failed", { name: upload.name })}
            onRetry={() => chat.uploads.retry(upload.id)}
            onDiscard={() => chat.uploads.cancel(upload.id)}
          />
        ) : (
          <p class="mark">
            <progress
              max={100}
              value={percent}
              aria-label={t("upload.progress", { name: upload.name, percent })}
            />
            <span class="percent">{percent}%</span>
            <button
              type="button"
              class="text-button"
              onClick={() => chat.uploads.cancel(upload.id)}
            >
              {t("upload.cancel")}
            </button>
          </p>
        )}
      </div>
    </article>
  );
}
