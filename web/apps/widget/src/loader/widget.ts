import type {
  FrontdeskAttributes,
  FrontdeskEvents,
  FrontdeskMessage,
  FrontdeskRefusal,
} from "@frontdesk/embed";
import { accept, post, type Received, type ToChat } from "../bridge/bridge.ts";
import type { Told } from "./look.ts";
import { keep, keepFor, recall } from "./memory.ts";
import { type Options, validColor } from "./options.ts";
import { createView } from "./view.ts";

export type Emit = <K extends keyof FrontdeskEvents>(event: K, value: FrontdeskEvents[K]) => void;

export interface Widget {
  readonly isOpen: boolean;
  readonly unread: number;
  open(): void;
  close(): void;
  identify(identity: string): void;
  set(attributes: FrontdeskAttributes): void;
  logout(): Promise<void>;
  destroy(): void;
}

/** One chat in the page, from its button to its removal. `speak`: what its channel's triggers do. */
export function createWidget(options: Options, emit: Emit, speak: Told["speak"]): Widget {
  const { channel, origin, target } = options;
  const lastState = `frontdesk.${channel}`;
  const keptKey = `frontdesk.kept.${channel}`;
  const gone = new AbortController();
  const { signal } = gone;
  const silence = new AbortController();
  let identity = options.identity;
  let isOpen = false;
  let isReady = false;
  let unread = 0;
  let attributes: FrontdeskAttributes = {};
  let leaving: (() => void)[] = [];
  let quiet = false;

  const view = createView(options, () => (isOpen ? close() : open()), putAway, signal);

  function tell(message: ToChat): void {
    const chat = view.window();
    if (chat && isReady) post(chat, origin, message);
  }

  function tellPage(arriving = false): void {
    const page = { url: location.href, title: document.title, referrer: document.referrer };
    const kept = arriving ? recall("localStorage", keptKey) : null;
    tell({
      type: "page",
      page,
      ...(arriving && identity && { identity }),
      ...(kept !== null && { kept }),
    });
  }

  /** Ends what is said before the chat is opened. */
  function hush(): void {
    view.say("");
    silence.abort();
  }

  function putAway(): void {
    keep("sessionStorage", lastState, "away");
    hush();
  }

  /** Quietly: the focus stays where it is. */
  function open(quietly = false): void {
    if (isOpen) return;
    if (options.apart) {
      window.open(options.chat, "_blank", "noopener");
      return;
    }
    isOpen = true;
    quiet = quietly;
    hush();
    const frame = view.frame();
    view.show(true);
    if (!target) {
      keep("sessionStorage", lastState, "open");
      if (!quietly) frame.focus();
    }
    tellPage();
    tell({ type: "open", quietly });
    emit("open", undefined);
  }

  function close(): void {
    if (!isOpen || target) return;
    isOpen = false;
    view.show(false);
    keep("sessionStorage", lastState, "closed");
    view.focusButton();
    tell({ type: "close" });
    emit("close", undefined);
  }

  function arrived(): void {
    isReady = true;
    tellPage(true);
    tell({ type: isOpen ? "open" : "close", quietly: quiet });
    tell({ type: "set", attributes });
    if (leaving.length) tell({ type: "logout" });
    emit("ready", undefined);
  }

  function left(): void {
    identity = null;
    for (const done of leaving) done();
    leaving = [];
  }

  function take(message: Received): void {
    const { type, count, color, id, from, at } = message;
    if (type === "ready") arrived();
    else if (type === "close") close();
    else if (type === "left") left();
    else if (type === "unread" && Number.isInteger(count)) {
      unread = count as number;
      view.unread(unread, String(message.label ?? ""));
      emit("unread", unread);
    } else if (type === "look" && !options.fixedColor && validColor(color)) {
      view.color(color as string);
    } else if (type === "message") {
      emit("message", { id, from, at } as FrontdeskMessage);
    } else if (type === "refused") {
      identity = null;
      emit("refused", { code: message.code, message: message.message } as FrontdeskRefusal);
    } else if (type === "keep") {
      keepFor("localStorage", keptKey, message.key as string, message.value as string | null);
    }
  }

  window.addEventListener(
    "message",
    (event) => {
      const message = accept(event, view.window(), origin);
      if (message) take(message);
    },
    { signal },
  );
  const { navigation = window } = window as { navigation?: EventTarget };
  for (const event of ["currententrychange", "popstate"]) {
    navigation.addEventListener(event, () => tellPage(), { signal });
  }
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Escape" && isOpen && view.contains(event.target)) close();
    },
    { signal },
  );

  /** Someone who already chats keeps the chat (and its unread badge) on the next page of the shop. */
  function resume(before: string): void {
    if (signal.aborted) return;
    if (before === "open" && !isOpen && matchMedia("(min-width: 481px)").matches) open();
    else view.frame();
  }

  const before = recall("sessionStorage", lastState);
  // a notification was clicked, which leads here
  if (target || location.hash === "#frontdesk") open();
  else if (before === "open" || before === "closed") {
    if (document.readyState === "complete") resume(before);
    else window.addEventListener("load", () => resume(before), { signal });
  } else if (!before) {
    if (options.button) view.say(options.greeting);
    if (options.look?.triggers) speak?.(view, open, options, silence.signal);
  }

  return {
    get isOpen() {
      return isOpen;
    },
    get unread() {
      return unread;
    },
    open: () => open(),
    close,
    identify(next) {
      if (next === identity) return;
      // what was said of one person is not said of the next
      if (identity) attributes = {};
      identity = next;
      tell({ type: "identify", identity: next });
    },
    set(more) {
      attributes = { ...attributes, ...more };
      tell({ type: "set", attributes: more });
    },
    async logout() {
      identity = null;
      attributes = {};
      close();
      keep("sessionStorage", lastState, null);
      keep("localStorage", keptKey, null);
      if (options.apart) return;
      await new Promise<void>((resolve) => {
        leaving.push(resolve);
        // what is to be forgotten lies with the frame, so it is needed even if nobody has opened it
        view.frame();
        tell({ type: "logout" });
      });
    },
    destroy() {
      hush();
      gone.abort();
      left();
    },
  };
}
