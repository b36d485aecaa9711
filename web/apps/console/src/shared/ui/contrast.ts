import { storage } from "../storage.ts";
import { createStore, useStore } from "../store.ts";

/** "auto" is what the system asks for. It belongs to the screen one looks at, so each device keeps its own. */
export type Contrast = "auto" | "more";

const key = "frontdesk.contrast";
const chosen = createStore<Contrast>(storage.read(key) === "more" ? "more" : "auto");
const system = matchMedia("(prefers-contrast: more)");

function apply(): void {
  const more = chosen.get() === "more" || system.matches;
  document.documentElement.toggleAttribute("data-contrast", more);
}

/** Follows the choice and the system for as long as the page is there. */
export function followContrast(): void {
  apply();
  chosen.subscribe(apply);
  system.addEventListener("change", apply);
}

export const useContrast = () => useStore(chosen);

export function setContrast(next: Contrast): void {
  chosen.set(next);
  storage.write(key, next === "auto" ? null : next);
}
