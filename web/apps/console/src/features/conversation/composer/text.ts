export type Mark = "bold" | "italic" | "list" | "link";

/** The text with what is selected put between marks, and the caret where one goes on. */
export function markAt(
  field: Pick<HTMLTextAreaElement, "selectionStart" | "selectionEnd"> | null,
  text: string,
  mark: Mark,
): { value: string; caret: number } {
  const start = Math.min(field?.selectionStart ?? text.length, text.length);
  const end = Math.min(field?.selectionEnd ?? text.length, text.length);
  const chosen = text.slice(start, end);
  if (mark === "list") {
    const from = text.lastIndexOf("\n", start - 1) + 1;
    const rows = text.slice(from, end).replace(/^(?:- )?/gm, "- ");
    return { value: text.slice(0, from) + rows + text.slice(end), caret: from + rows.length };
  }
  const [before, after] = { bold: ["**", "**"], italic: ["*", "*"], link: ["[", "](https://)"] }[
    mark
  ] as [string, string];
  const piece = before + chosen + after;
  const caret = chosen ? start + piece.length - (mark === "link" ? 1 : 0) : start + before.length;
  return { value: text.slice(0, start) + piece + text.slice(end), caret };
}

/** The text with a piece put in place of what is selected, and where the caret is then. */
export function insertAt(
  field: Pick<HTMLTextAreaElement, "selectionStart" | "selectionEnd"> | null,
  text: string,
  piece: string,
): { value: string; caret: number } {
  const start = Math.min(field?.selectionStart ?? text.length, text.length);
  const end = Math.min(field?.selectionEnd ?? text.length, text.length);
  return { value: text.slice(0, start) + piece + text.slice(end), caret: start + piece.length };
}
