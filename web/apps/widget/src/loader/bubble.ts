import { make } from "./make.ts";

export function press(name: string, words: string, act: () => void): HTMLButtonElement {
  const button = make("button", name);
  button.textContent = words;
  button.addEventListener("click", act);
  return button;
}

/** A sentence above the button, which leads into the chat or is put away. */
export function bubble(
  words: string,
  close: string,
  open: () => void,
  away: () => void,
): HTMLElement {
  const box = make("div", "greet");
  const dismiss = press("away", "×", away);
  dismiss.setAttribute("aria-label", close);
  box.append(press("say", words, open), dismiss);
  return box;
}
