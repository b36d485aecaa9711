import { recall } from "./memory.ts";
import { readOptions, type Tag } from "./options.ts";
import { createWidget, type FrontdeskApi } from "./widget.ts";

declare global {
  interface Window {
    Frontdesk?: FrontdeskApi;
  }
}

// currentScript is only set while this file first runs, so it is read here and not later.
const script = document.currentScript;

function start(): void {
  if (!(script instanceof HTMLScriptElement) || window.Frontdesk) return;
  const tag: Tag = script;
  const page = {
    lang: document.documentElement.lang,
    languages: navigator.languages,
    origin: location.origin,
  };
  const options = readOptions(
    tag,
    page,
    recall("localStorage", `frontdesk.color.${tag.dataset.channel}`),
  );
  if (options) window.Frontdesk = createWidget(options);
}

if (document.body) start();
else document.addEventListener("DOMContentLoaded", start, { once: true });
