import { type KeyboardEvent, useRef } from "react";

/** What is offered above the field while something begins with a sign, as its keys see it. */
export interface Choices {
  readonly open: boolean;
  readonly move: (step: number) => void;
  readonly dismiss: () => void;
  /** Takes the chosen one; null while there is none. */
  readonly take: (() => void) | null;
}

interface Options {
  readonly choices: Choices;
  readonly submit: () => void;
  readonly setNote: (change: (note: boolean) => boolean) => void;
}

/** Safari ends the composition before it reports the key that ended it; that key is marked by its old code only. */
const composing = (event: KeyboardEvent) =>
  event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229;

export function useComposerKeys({ choices, submit, setNote }: Options) {
  const latest = useRef(choices);
  latest.current = choices;
  return (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (composing(event)) return;
    const { open, move, dismiss, take: chosen } = latest.current;
    const take = (action: () => void) => {
      event.preventDefault();
      event.stopPropagation();
      action();
    };
    if (event.altKey && event.code === "KeyN") return take(() => setNote((note) => !note));
    if (open && !event.altKey) {
      if (event.key === "ArrowDown") return take(() => move(1));
      if (event.key === "ArrowUp") return take(() => move(-1));
      if (event.key === "Escape") return take(dismiss);
      if (chosen && (event.key === "Enter" || event.key === "Tab") && !event.shiftKey)
        return take(chosen);
    }
    if (event.key === "Enter" && !event.shiftKey && !event.altKey) return take(submit);
    if (event.key === "Escape") return take(() => event.currentTarget.blur());
  };
}
