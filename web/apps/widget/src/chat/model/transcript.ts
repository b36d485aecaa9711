import { type AgentCard, type Entry, unmarked } from "@frontdesk/realtime";
import type { Translate } from "../i18n/i18n.ts";
import { clock, day, span } from "../text/time.ts";
import type { Api } from "./api.ts";
import { type MessageEntry, timeline } from "./timeline.ts";

const PAGE = 100;

function said(entry: MessageEntry, t: Translate): string {
  if (entry.recalled) return "";
  const { body } = entry;
  if (body.type === "voice") return `[${t("message.voice")} ${span(body.duration)}]`;
  if (body.type === "card") {
    const buttons = body.buttons?.map(({ label, link }) => `- ${label}${link ? `: ${link}` : ""}`);
    return [body.title, body.text, ...(buttons ?? [])].filter(Boolean).join("\n");
  }
  if (body.type !== "text") return `[${body.name}]`;
  return body.format === "markdown" ? unmarked(body.text) : body.text;
}

/** The conversation as plain text, in the words and the order of the screen. */
export function transcriptOf(
  entries: readonly Entry[],
  known: readonly (AgentCard | null)[],
  t: Translate,
): string {
  const lines: string[] = [];
  const at = (time: number) => clock(time, t.language);
  for (const row of timeline(entries, known)) {
    if (row.kind === "time") {
      if (row.newDay) lines.push("", `— ${day(row.at, Number.POSITIVE_INFINITY, t)} —`, "");
    } else if (row.kind === "system") {
      const { name = "" }: { name?: string | number } = row.values;
      lines.push(`* ${t(row.text, { ...row.values, name: name || t("system.someone") })}`);
    } else if (row.entry.recalled) {
      lines.push(`* ${t(row.own ? "message.recalled_own" : "message.recalled")}`);
    } else {
      const name = row.own ? t("list.you") : row.entry.sender.name || t("system.someone");
      const words = said(row.entry, t);
      lines.push(`[${at(row.entry.at)}] ${t("transcript.line", { name, words })}`);
    }
  }
  return `${lines.join("\n").trim()}\n`;
}

/** Every entry from the first to `head`; what happens meanwhile is not waited for. */
export async function wholeLog(
  api: Pick<Api, "entries">,
  conversation: string,
  head: number,
): Promise<Entry[]> {
  const whole: Entry[] = [];
  for (let after = 0; after < head; ) {
    const { entries, more } = await api.entries(conversation, { after, limit: PAGE });
    whole.push(...entries);
    after = entries.at(-1)?.seq ?? head;
    if (!more) break;
  }
  return whole;
}

/** Gives the visitor the text as a file of theirs. */
export function download(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
