import { palette, ratio } from "../chat/text/color.ts";
import { createApi } from "../loader/api.ts";
import { CHANNEL, type Draft, lookOf, takeNoFocus } from "./draft.ts";

/** The page in which the console looks at the chat: the loader's own code, with what has not been saved yet. */
interface ChatWindow extends Window {
  redraw?: () => void;
}

declare global {
  interface Window {
    draft?: Draft;
  }
}

const src = new URL("widget.js", location.href).href;
let shown = "";
let api: ReturnType<typeof createApi> | null = null;

function tell(message: object): void {
  parent.postMessage({ frontdesk: 1, ...message }, location.origin);
}

function show(draft: Draft): void {
  window.draft = draft;
  const look = lookOf(draft);
  const { color: _, ...rest } = look;
  // an open chat tells its color by itself
  const next = JSON.stringify([rest, draft.open || draft.color]);
  if (next !== shown) {
    shown = next;
    // a greeting that was put away, and a chat that was open, belong to the look before
    sessionStorage.removeItem(`frontdesk.${CHANNEL}`);
    api?.destroy();
    api = createApi({ src, look });
    api.boot({ channel: CHANNEL });
    if (draft.open) api.open();
  }
  for (const { contentWindow } of frames()) (contentWindow as ChatWindow | null)?.redraw?.();
  const made = palette(draft.color);
  tell({ type: "palette", palette: { ...made, ratio: ratio(made.accent, made.ink) } });
}

function frames(): Iterable<HTMLIFrameElement> {
  const shadow = document.querySelector("frontdesk-widget")?.shadowRoot;
  return shadow?.querySelectorAll("iframe") ?? [];
}

window.addEventListener("message", ({ source, origin, data }) => {
  if (source !== parent || origin !== location.origin || data?.frontdesk !== 1) return;
  document.documentElement.lang = data.draft.language;
  document.documentElement.style.colorScheme = data.dark ? "dark" : "light";
  document.body.style.background = data.dark ? "#0d0f13" : "#fff";
  show(data.draft);
});
takeNoFocus();
tell({ type: "ready" });
