import { type KeyboardEvent, useRef } from "react";
import type { useSavedReplies } from "./useSavedReplies.ts";

interface Options {
  readonly replies: ReturnType<typeof useSavedReplies>;
  readonly write: (text: string) => void;
  readonly submit: () => void;
  readonly setNote: (change: (note: boolean) => boolean) => void;
}

/** Safari ends the composition before it reports the key that ended it; that key is marked by its old code only. */
const composing = (event: KeyboardEvent) =>
  event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229;

export function useComposerKeys({ replies, write, submit, setNote }: Options) {
  const latest = useRef(replies);
  latest.current = replies;
  return (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (composing(event)) return;
    const { open, found, index, move, dismiss } = latest.current;
    const take = (action: () => void) => {
      event.preventDefault();
      event.stopPropagation();
      action();
    };
    const reply = found[index];
    if (event.altKey && event.code === "KeyN") return take(() => setNote((note) => !note));
    if (open && !event.altKey) {
      if (event.key === "ArrowDown") return take(() => move(1));
      if (event.key === "ArrowUp") return take(() => move(-1));
      if (event.key === "Escape") return take(dismiss);
      if (reply && (event.key === "Enter" || event.key === "Tab") && !event.shiftKey)
        return take(() => write(reply.text));
    }
    if (event.key === "Enter" && !event.shiftKey && !event.altKey) return take(submit);
    if (event.key === "Escape") return take(() => event.currentTarget.blur());
  };
}
