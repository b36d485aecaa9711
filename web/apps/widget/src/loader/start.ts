import type { speak } from "../proactive/speak.ts";
import { createApi } from "./api.ts";

function put(tag: HTMLScriptElement, speaking?: typeof speak): void {
  const waiting = window.Frontdesk;
  if (waiting && !Array.isArray(waiting)) return;
  const api = createApi(tag, speaking);
  window.Frontdesk = api;
  const { dataset } = tag;
  if ("channel" in dataset) api.push(() => api.boot(dataset));
  for (const callback of waiting ?? []) api.push(callback);
}

/** Puts the API into the page, and the chat where the tag names a channel. `speaking`: what the channel's triggers do. */
export function start(speaking?: typeof speak): void {
  // only set while the script first runs
  const script = document.currentScript as HTMLScriptElement | null;
  if (!script) return;
  if (document.body) put(script, speaking);
  else document.addEventListener("DOMContentLoaded", () => put(script, speaking));
}
