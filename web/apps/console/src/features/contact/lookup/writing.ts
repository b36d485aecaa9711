import type { Draft } from "../../../shared/drafts/drafts.ts";

/** The answer behind what is written already. An empty note becomes an answer; one with words stays a note. */
export function answered(draft: Draft, answer: string): Draft {
  const text = [draft.text.trimEnd(), answer].filter(Boolean).join("\n");
  return { ...draft, text, note: draft.note && draft.text.trim() !== "" };
}

const field = () => document.querySelector<HTMLTextAreaElement>("textarea#composer");

/** Puts the caret behind what is written; where the text field is on another page, goes `back` to it first. */
export function goOnWriting(back: (() => void) | undefined): void {
  if (!field()) back?.();
  let turns = 60;
  const look = () => {
    const found = field();
    if (found) {
      found.focus();
      found.setSelectionRange(found.value.length, found.value.length);
      found.scrollTop = found.scrollHeight;
    } else if (turns-- > 0) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
