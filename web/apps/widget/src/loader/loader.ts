import { createApi } from "./api.ts";

// currentScript is only set while this file first runs, so it is read here and not later.
const script = document.currentScript;

function start(tag: HTMLScriptElement): void {
  const waiting = window.Frontdesk;
  if (waiting && !Array.isArray(waiting)) return;
  const api = createApi(tag);
  window.Frontdesk = api;
  const { dataset } = tag;
  if ("channel" in dataset) api.push(() => api.boot(dataset));
  for (const callback of waiting ?? []) api.push(callback);
}

if (script instanceof HTMLScriptElement) {
  if (document.body) start(script);
  else document.addEventListener("DOMContentLoaded", () => start(script));
}
