import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { size } from "../text/time.ts";
import { useShared } from "./context.ts";
import { EmojiPicker } from "./EmojiPicker.tsx";
import { Icon } from "./Icon.tsx";
import { Quoting } from "./Quoting.tsx";
import { Recorder } from "./Recorder.tsx";
import { Tray } from "./Tray.tsx";
import { useAttachments } from "./useAttachments.ts";
import { canRecord, useRecorder } from "./useRecorder.ts";

const MAX_TEXT = 4000;

/** Enter while an input method composes chooses a word; it must not send. */
export function sends(event: KeyboardEvent): boolean {
  return event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229;
}

export function Composer() {
  const { chat, t } = useShared();
  const draftKey = `frontdesk.draft.${chat.channel}`;
  const [text, setText] = useState(() => chat.storage.get(draftKey) ?? "");
  const [emoji, setEmoji] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const limit = chat.look?.max_upload ?? 0;
  const attachments = useAttachments(limit);
  const recorder = useRecorder(({ file, duration }) => chat.uploads.add(file, duration));
  const words = text.trim();
  const excess = Array.from(words).length - MAX_TEXT;
  const ready = excess <= 0 && (words !== "" || attachments.files.length > 0);
  const state = chat.conversation?.snapshot.state;
  const offersHuman = !chat.expecting && (state === undefined || state === "bot");

  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${Math.min(element.scrollHeight, 132)}px`;
  }, [text]);

  useEffect(() => {
    const take = (open: boolean) => {
      // on a phone the keyboard would cover the greeting
      if (open && !chat.host.quietly && matchMedia("(pointer: fine)").matches) {
        area.current?.focus();
      }
    };
    // it may have been opened before this was drawn
    take(chat.host.embedded && chat.host.open);
    return chat.host.onOpen(take);
  }, [chat]);

  function write(next: string): void {
    setText(next);
    chat.storage.set(draftKey, next || null);
    chat.saying.typing(next);
  }

  function send(): void {
    if (!ready) return;
    setEmoji(false);
    for (const file of attachments.take()) chat.uploads.add(file);
    if (words) chat.saying.sendText(words);
    setText("");
    chat.storage.set(draftKey, null);
    area.current?.focus();
  }

  function insert(what: string): void {
    const element = area.current;
    const at = element?.selectionStart ?? text.length;
    const end = element?.selectionEnd ?? at;
    write(text.slice(0, at) + what + text.slice(end));
    requestAnimationFrame(() => {
      element?.setSelectionRange(at + what.length, at + what.length);
    });
  }

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {attachments.turned.map(({ name, why }) => (
        <p class="error" role="alert" key={name}>
          {t(`composer.${why}`, { name, size: size(limit, t) })}
        </p>
      ))}
      {recorder.state === "refused" && (
        <p class="error" role="alert">
          {t("voice.refused")}
        </p>
      )}
      {recorder.state === "recording" && (
        <Recorder elapsed={recorder.elapsed} onCancel={recorder.cancel} onSend={recorder.finish} />
      )}
      <div class="composer-box" hidden={recorder.state === "recording"}>
        <Quoting />
        <Tray files={attachments.files} onRemove={attachments.remove} />
        <textarea
          ref={area}
          rows={1}
          value={text}
          aria-label={t("composer.label")}
          placeholder={t("composer.placeholder")}
          enterkeyhint="send"
          dir={text ? "auto" : undefined}
          onInput={(event) => write(event.currentTarget.value)}
          onPaste={attachments.onPaste}
          onKeyDown={(event) => {
            if (!sends(event)) return;
            event.preventDefault();
            send();
          }}
        />
        <div class="composer-tools">
          <button
            type="button"
            class="icon-button emoji-button"
            aria-label={t("composer.emoji")}
            aria-expanded={emoji}
            onClick={() => setEmoji(!emoji)}
          >
            <Icon name="emoji" size={22} />
          </button>
          <button
            type="button"
            class="icon-button"
            aria-label={t("composer.attach")}
            onClick={() => picker.current?.click()}
          >
            <Icon name="attach" size={22} />
          </button>
          {canRecord() && (
            <button
              type="button"
              class="icon-button"
              aria-label={t("voice.record")}
              aria-busy={recorder.state === "asking"}
              onClick={() => void recorder.start()}
            >
              <Icon name="mic" size={22} />
            </button>
          )}
          <input
            ref={picker}
            class="vh"
            type="file"
            multiple
            tabIndex={-1}
            aria-hidden="true"
            onChange={(event) => {
              attachments.add(event.currentTarget.files ?? []);
              event.currentTarget.value = "";
              area.current?.focus();
            }}
          />
          <span class="spacer" />
          {excess > 0 && (
            <span class="excess" role="status">
              {t("composer.too_long", { count: excess })}
            </span>
          )}
          {offersHuman && excess <= 0 && (
            <button
              type="button"
              class="button small human"
              aria-disabled={chat.requests.asking}
              onClick={() => void chat.requests.human()}
            >
              <Icon name="human" size={18} />
              {t(chat.requests.asking ? "action.asking" : "action.human")}
            </button>
          )}
          <button type="submit" class="send" aria-label={t("composer.send")} aria-disabled={!ready}>
            <Icon name="send" size={20} />
          </button>
        </div>
      </div>
      {emoji && (
        <EmojiPicker
          onPick={insert}
          onClose={() => {
            setEmoji(false);
            area.current?.focus();
          }}
        />
      )}
      {attachments.dragging && <div class="drop">{t("composer.drop")}</div>}
    </form>
  );
}
