import type { QuickReply } from "@frontdesk/api";
import type { Snapshot } from "@frontdesk/realtime";
import { type DragEvent, useId, useRef, useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { useCommands } from "../../../shared/commands/commands.ts";
import { bytes } from "../../../shared/format/bytes.ts";
import { useLimits } from "../../../shared/live/connection.ts";
import { notice } from "../../../shared/ui/notices.ts";
import { Attachments } from "../../../shared/uploads/Attachments.tsx";
import { mediaOf } from "../../../shared/uploads/uploads.ts";
import { Original } from "../translation/Original.tsx";
import { useTranslating } from "../translation/useTranslating.ts";
import { BlockedBar } from "./BlockedBar.tsx";
import type { Blocked } from "./blocked.ts";
import { ChosenCard } from "./ChosenCard.tsx";
import styles from "./composer.module.css";
import { Formatting } from "./Formatting.tsx";
import { HeldBar } from "./HeldBar.tsx";
import { Mentions } from "./Mentions.tsx";
import { Quoting } from "./Quoting.tsx";
import { SavedReplies } from "./SavedReplies.tsx";
import { Tools } from "./Tools.tsx";
import { insertAt, type Mark, markAt } from "./text.ts";
import { cardOf } from "./useChosenCard.ts";
import { type Choices, useComposerKeys } from "./useComposerKeys.ts";
import { useFilling } from "./useFilling.ts";
import { useGuard } from "./useGuard.ts";
import { useMentions } from "./useMentions.ts";
import { useSavedReplies } from "./useSavedReplies.ts";
import { useWriting } from "./useWriting.ts";

interface Props {
  readonly snapshot: Snapshot;
  readonly blocked: Blocked | null;
}

export function Composer({ snapshot, blocked }: Props) {
  const { t } = useTranslation();
  const list = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [over, setOver] = useState(false);
  const { max_upload: largest } = useLimits();
  const writing = useWriting(snapshot.id, blocked);
  const { text, note, setText, attachments } = writing;
  const guard = useGuard(snapshot.id, text, note);
  const submit = () => {
    if (!writing.ready || guard.admits()) writing.submit();
  };
  const replies = useSavedReplies(note ? "" : text);
  const filling = useFilling(snapshot, replies.open);
  const mentions = useMentions(text, field.current?.selectionStart ?? text.length, note);

  const write = (next: string, caret = next.length, end = caret) => {
    setText(next);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(caret, end);
    });
  };
  const translating = useTranslating(snapshot, text, write);
  const insert = (piece: string) => {
    const { value, caret } = insertAt(field.current, text, piece);
    write(value, caret);
  };
  const mark = (name: Mark) => {
    const { value, caret } = markAt(field.current, text, name);
    write(value, caret);
  };
  const attach = (files: readonly File[]) => {
    if (note || blocked) return;
    for (const { name, size } of files) {
      if (size <= largest) continue;
      const message = t("composer.tooLarge", { name, limit: bytes(largest) });
      notice({ color: "red", message });
    }
    attachments.add(files.filter(({ size }) => size <= largest));
  };
  const name = (who: string) => {
    const { value, caret } = mentions.name(who);
    write(value, caret);
  };
  const use = ({ text: words, attachments: media, card }: QuickReply) => {
    const { value, start, end } = filling(words);
    write(value, start, end);
    attachments.put(media.map(mediaOf));
    if (card) writing.chooseCard(cardOf(card));
  };
  const reply = replies.found[replies.index];
  const person = mentions.found[mentions.index];
  const offered = note ? mentions : replies;
  const choices: Choices = note
    ? { ...mentions, take: person ? () => name(person.name) : null }
    : { ...replies, take: reply ? () => use(reply) : null };
  const keys = useComposerKeys({ choices, submit, setNote: writing.setNote });
  useCommands({
    writeNote:
      blocked === "closed" || blocked === "role"
        ? undefined
        : () => {
            writing.setNote(() => true);
            field.current?.focus();
          },
  });
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    attach([...event.dataTransfer.files]);
  };

  if (blocked === "closed" || blocked === "role") {
    return <BlockedBar snapshot={snapshot} blocked={blocked} />;
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveElementInteractions: files may be dropped anywhere on it; the button does the same
    <section
      className={styles.composer}
      aria-label={t(note ? "composer.note" : "composer.reply")}
      data-note={note || undefined}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(!note && !blocked);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {blocked ? <BlockedBar snapshot={snapshot} blocked={blocked} /> : null}
      {replies.open && !note ? <SavedReplies id={list} replies={replies} choose={use} /> : null}
      {mentions.open ? <Mentions id={list} mentions={mentions} choose={name} /> : null}
      {writing.quotes && !note ? (
        <Quoting
          conversation={snapshot.id}
          contact={snapshot.contact.name}
          seq={writing.quotes}
          remove={writing.unquote}
        />
      ) : null}
      {writing.format.on && !note ? <Formatting mark={mark} /> : null}
      <Attachments {...attachments} />
      {writing.card ? (
        <ChosenCard card={writing.card} remove={() => writing.chooseCard(null)} />
      ) : null}
      <HeldBar conversation={snapshot.id} takeBack={writing.undo} />
      {translating.original !== null && !note ? (
        <Original text={translating.original} restore={translating.restore} />
      ) : null}
      <div className={styles.paper} data-text={text}>
        <textarea
          ref={field}
          id="composer"
          rows={1}
          value={text}
          aria-label={t(note ? "conversation.note" : "composer.label")}
          placeholder={t(note ? "composer.notePlaceholder" : "composer.placeholder")}
          className={styles.field}
          aria-autocomplete="list"
          aria-controls={offered.open ? list : undefined}
          aria-activedescendant={
            offered.open && offered.found.length ? `${list}-${offered.index}` : undefined
          }
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={keys}
          onBlur={writing.pauseTyping}
          onPaste={(event) => {
            const files = [...event.clipboardData.files];
            if (files.length) {
              event.preventDefault();
              attach(files);
            }
          }}
        />
      </div>
      {guard.told === null ? null : (
        <p className={styles.tooLong} role="alert">
          {t("composer.answered", { name: guard.told })}
        </p>
      )}
      {writing.gap && !note ? (
        <p className={styles.tooLong} role="status">
          {t("composer.gap", { place: writing.gap })}
        </p>
      ) : null}
      {writing.over > 0 ? (
        <p className={styles.tooLong} role="alert">
          {t("composer.tooLong", { count: writing.over })}
        </p>
      ) : null}
      <Tools
        conversation={snapshot.id}
        note={note}
        setNote={writing.setNote}
        replyBlocked={blocked !== null}
        format={writing.format}
        translating={translating}
        insert={insert}
        attach={attach}
        saved={() => write("/")}
        empty={text === ""}
        submit={submit}
        ready={writing.ready}
        busy={writing.busy}
      />
      {over ? <div className={styles.drop}>{t("composer.drop")}</div> : null}
    </section>
  );
}
