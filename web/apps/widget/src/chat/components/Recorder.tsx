import { useEffect, useRef } from "preact/hooks";
import { span } from "../text/time.ts";
import { useShared } from "./context.ts";
import { Icon } from "./Icon.tsx";

interface Props {
  elapsed: number;
  onCancel: () => void;
  onSend: () => void;
}

/** In place of the composer while the visitor speaks. */
export function Recorder({ elapsed, onCancel, onSend }: Props) {
  const { t } = useShared();
  const send = useRef<HTMLButtonElement>(null);
  useEffect(() => send.current?.focus(), []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape anywhere in it cancels, as the button does
    // biome-ignore lint/a11y/noNoninteractiveElementInteractions: the same
    <div
      class="composer-box recorder"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onCancel();
      }}
    >
      <button type="button" class="icon-button" aria-label={t("voice.cancel")} onClick={onCancel}>
        <Icon name="close" size={22} />
      </button>
      <span class="recorder-dot" aria-hidden="true" />
      <span class="recorder-text" role="status">
        {t("voice.recording")}
      </span>
      <span class="recorder-time" aria-hidden="true">
        {span(elapsed)}
      </span>
      <button type="button" class="send" ref={send} aria-label={t("voice.send")} onClick={onSend}>
        <Icon name="send" size={20} />
      </button>
    </div>
  );
}
