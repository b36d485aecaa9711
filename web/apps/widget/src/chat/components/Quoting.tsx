import { useEffect } from "preact/hooks";
import { useChanges, useShared } from "./context.ts";
import { Icon } from "./Icon.tsx";
import { inShort, nameOf } from "./Quote.tsx";

/** What the next message will answer, with a way to let it be; choosing it puts the caret into the composer. */
export function Quoting() {
  const { chat, t } = useShared();
  useChanges();
  const seq = chat.saying.quoting;
  const entries = chat.conversation?.entries ?? [];
  const entry = seq === null ? undefined : entries[seq - (entries[0]?.seq ?? 1)];
  useEffect(() => {
    if (seq !== null) document.querySelector<HTMLElement>(".composer textarea")?.focus();
  }, [seq]);
  if (entry?.kind !== "message") return null;
  return (
    <div class="quoting">
      <div class="quoted">
        <b>{nameOf(entry, t)}</b>
        <span class="quoted-text">{inShort(entry, t)}</span>
      </div>
      <button
        type="button"
        class="icon-button"
        aria-label={t("message.unquote")}
        onClick={() => chat.saying.quote(null)}
      >
        <Icon name="close" size={18} />
      </button>
    </div>
  );
}
