import type { Entry, MessageBody } from "@frontdesk/realtime";
import { linkify } from "../../../shared/format/links.ts";

/** More links than this in one message are rather a list than something to look into. */
export const most = 3;

const marked = /\]\(([^()\s]{1,2000})\)/g;

function web(text: string): string[] {
  if (!text.includes("://")) return []; // nearly every message
  return linkify(text)
    .filter(({ href }) => href?.startsWith("http"))
    .map((piece) => piece.text);
}

function ofMessage(body: MessageBody): string[] {
  if (body.type === "card") {
    return [
      ...web(body.text ?? ""),
      ...(body.buttons ?? []).flatMap(({ link }) => web(link ?? "")),
    ];
  }
  if (body.type !== "text") return [];
  if (body.format !== "markdown") return web(body.text);
  const behindWords = [...body.text.matchAll(marked)].flatMap(([, address]) => web(address ?? ""));
  const written = web(body.text.replaceAll(marked, "] "));
  return [...behindWords, ...written.map((each) => each.replace(/[*_~]+$/, ""))];
}

/** The web addresses of an entry, letter by letter as they stand in it: the server looks them up there. */
export function linksOf(entry: Entry): readonly string[] {
  if (entry.recalled) return [];
  const found =
    entry.kind === "message"
      ? ofMessage(entry.body)
      : entry.kind === "note" || entry.kind === "whisper"
        ? web(entry.body.text)
        : [];
  return found.length ? [...new Set(found)].slice(0, most) : found;
}
