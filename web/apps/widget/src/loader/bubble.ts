import { make } from "./make.ts";

/** A sentence above the button, which leads into the chat or is put away. */
export function bubble(
  words: string,
  close: string,
  open: () => void,
  away: () => void,
): HTMLElement {
  return make(
    "div",
    { className: "greet" },
    make("button", { className: "say", textContent: words, onclick: open }),
    make("button", { className: "away", textContent: "×", onclick: away, ariaLabel: close }),
  );
}
