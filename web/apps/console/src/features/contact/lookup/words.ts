import { type Entry, isErased } from "@frontdesk/realtime";

/** As much as the server looks for. */
export const longest = 500;

/** Cut between characters, never within one. */
export const cut = (text: string) => [...text.trim()].slice(0, longest).join("");

/** What the customer wrote last, of what is at hand; empty where there is nothing. */
export function lastWords(entries: readonly Entry[]): string {
  const last = entries.findLast(
    (entry) =>
      entry.kind === "message" &&
      entry.sender.kind === "visitor" &&
      !entry.recalled &&
      !isErased(entry) &&
      entry.body.type === "text" &&
      /[\p{L}\p{N}]/u.test(entry.body.text),
  );
  return last?.kind === "message" && !last.recalled && last.body.type === "text"
    ? cut(last.body.text)
    : "";
}
