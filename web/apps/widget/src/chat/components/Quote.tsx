import { preview, unmarked } from "@frontdesk/realtime";
import type { Translate } from "../i18n/i18n.ts";
import type { MessageEntry } from "../model/timeline.ts";
import { useShared } from "./context.ts";

const SHOWN = 160;

/** A message in one line. */
export function inShort(entry: MessageEntry, t: Translate): string {
  if (entry.recalled) return t("message.recalled");
  const { body } = entry;
  if (body.type === "voice") return t("message.voice");
  if (body.type !== "text") return preview(body);
  const words = body.format === "markdown" ? unmarked(body.text) : body.text;
  return words.replace(/\s+/g, " ").slice(0, SHOWN);
}

export function nameOf(entry: MessageEntry, t: Translate): string {
  return entry.sender.kind === "visitor" ? t("list.you") : entry.sender.name || t("system.someone");
}

/** The place of a message on the screen; what is quoted is gone to by it. */
export function placeOf(entry: MessageEntry): string {
  return `m${entry.id}`;
}

/** What a message answers, above its own words; pressing it goes there. */
export function Quote({ entry }: { entry: MessageEntry }) {
  const { t } = useShared();
  return (
    <button
      type="button"
      class="quoted"
      onClick={() => {
        const place = document.getElementById(placeOf(entry));
        place?.scrollIntoView({ block: "center" });
        place?.focus({ preventScroll: true });
      }}
    >
      <span class="vh">{t("message.answers")} </span>
      <b>{nameOf(entry, t)}</b>
      <span class="quoted-text">{inShort(entry, t)}</span>
    </button>
  );
}
