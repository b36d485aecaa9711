import { accept, post } from "../bridge/bridge.ts";
import { keep, recall } from "./memory.ts";
import { type Options, validColor } from "./options.ts";
import { createView } from "./view.ts";

export interface FrontdeskEvents {
  ready: undefined;
  open: undefined;
  close: undefined;
  unread: number;
}

/** What the page sees as window.Frontdesk. */
export interface FrontdeskApi {
  open(): void;
  close(): void;
  /** Listens to "ready", "open", "close" and "unread"; returns a function that stops listening. */
  on<K extends keyof FrontdeskEvents>(
    event: K,
    listener: (value: FrontdeskEvents[K]) => void,
  ): () => void;
}

type Listener = (value: never) => void;

export function createWidget(options: Options): FrontdeskApi {
  const listeners = new Map<string, Set<Listener>>();
  const lastState = `frontdesk.${options.channel}`;
  let isOpen = false;
  let isReady = false;

  function emit<K extends keyof FrontdeskEvents>(event: K, value: FrontdeskEvents[K]): void {
    for (const listener of listeners.get(event) ?? []) {
      try {
        (listener as (value: FrontdeskEvents[K]) => void)(value);
      } catch (error) {
        reportError(error);
      }
    }
  }

  const view = createView(options, () => (isOpen ? close() : open()));

  function tell(message: Parameters<typeof post>[2]): void {
    const target = view.hasFrame() ? view.frame().contentWindow : null;
    if (target && isReady) post(target, options.origin, message);
  }

  function tellPage(): void {
    const page = { url: location.href, title: document.title, referrer: document.referrer };
    tell({ type: "page", page });
  }

  function open(): void {
    if (isOpen) return;
    isOpen = true;
    const frame = view.frame();
    view.show(true);
    keep("sessionStorage", lastState, "open");
    frame.focus();
    tellPage();
    tell({ type: "open" });
    emit("open", undefined);
  }

  function close(): void {
    if (!isOpen) return;
    isOpen = false;
    view.show(false);
    keep("sessionStorage", lastState, "closed");
    view.focusButton();
    tell({ type: "close" });
    emit("close", undefined);
  }

  window.addEventListener("message", (event) => {
    const source = view.hasFrame() ? view.frame().contentWindow : null;
    const message = accept(event, source, options.origin);
    if (!message) return;
    if (message.type === "ready") {
      isReady = true;
      tellPage();
      tell({ type: isOpen ? "open" : "close" });
      emit("ready", undefined);
    } else if (message.type === "close") {
      close();
    } else if (message.type === "unread" && Number.isSafeInteger(message.count)) {
      const count = Math.max(0, message.count as number);
      view.unread(count);
      emit("unread", count);
    } else if (message.type === "look" && typeof message.color === "string") {
      const color = validColor(message.color);
      if (color) {
        if (!options.fixedColor) view.color(color);
        keep("localStorage", `frontdesk.color.${options.channel}`, color);
      }
    }
  });
  window.addEventListener("popstate", tellPage);
  window.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen && view.contains(event.target)) close();
  });

  // Someone who already chats keeps the chat (and its unread badge) on the next page of the shop.
  const before = recall("sessionStorage", lastState);
  if (before) {
    const resume = () => {
      if (before === "open" && !isOpen && matchMedia("(min-width: 481px)").matches) open();
      else view.frame();
    };
    if (document.readyState === "complete") resume();
    else window.addEventListener("load", resume, { once: true });
  }

  return {
    open,
    close,
    on(event, listener) {
      const known = listeners.get(event) ?? new Set();
      listeners.set(event, known.add(listener as Listener));
      return () => known.delete(listener as Listener);
    },
  };
}
