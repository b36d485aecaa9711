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
