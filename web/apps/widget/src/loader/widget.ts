import type {
  FrontdeskAttributes,
  FrontdeskEvents,
  FrontdeskMessage,
  FrontdeskRefusal,
} from "@frontdesk/embed";
import { accept, post, type Received, type ToChat } from "../bridge/bridge.ts";
import type { speak } from "../proactive/speak.ts";
import { keep, keepFor, recall } from "./memory.ts";
import { type Options, validColor } from "./options.ts";
import { onTurn } from "./turns.ts";
import { createView } from "./view.ts";

export type Emit = <K extends keyof FrontdeskEvents>(event: K, value: FrontdeskEvents[K]) => void;

export interface Widget {
  readonly isOpen: boolean;
  readonly unread: number;
  open(): void;
  close(): void;
  toggle(): void;
  identify(identity: string): void;
  set(attributes: FrontdeskAttributes): void;
  logout(): Promise<void>;
  destroy(): void;
}

/** As a sentence above the button is, once somebody has put it away. */
export const AWAY = "away";

/** One chat in the page, from its button to its removal. `speaking`: what its channel's triggers do. */
export function createWidget(options: Options, emit: Emit, speaking?: typeof speak): Widget {
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
  let label = "";
  let attributes: FrontdeskAttributes = {};
  let leaving: (() => void)[] = [];
  let byItself: (() => void) | undefined;

  const view = createView(options, toggle, putAway, signal);

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

  function paint(): void {
    view.paint(isOpen, unread, label);
  }

  /** Ends what is said before the chat is opened. */
  function hush(why?: string): void {
    view.say("");
    silence.abort(why);
  }

  function putAway(): void {
    keep("sessionStorage", lastState, AWAY);
    hush(AWAY);
  }

  /** With `closed`, nobody has asked for it: the focus stays where it is, and who closes it is told. */
  function open(closed?: () => void): void {
    if (isOpen) return;
    if (options.apart) {
      window.open(options.chat, "_blank", "noopener");
      return;
    }
    isOpen = true;
    byItself = closed;
    hush();
    const frame = view.frame();
    paint();
    if (!target) {
      keep("sessionStorage", lastState, "open");
      if (!closed) frame.focus();
    }
    tellPage();
    tell({ type: "open", quietly: !!closed });
    emit("open", undefined);
  }

  function close(): void {
    if (!isOpen || target) return;
    isOpen = false;
    paint();
    keep("sessionStorage", lastState, "closed");
    view.focusButton();
    tell({ type: "close" });
    emit("close", undefined);
    byItself?.();
    byItself = undefined;
  }

  function toggle(): void {
    if (isOpen) close();
    else open();
  }

  function arrived(): void {
    isReady = true;
    tellPage(true);
    tell({ type: isOpen ? "open" : "close", quietly: !!byItself });
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
    else if (type === "unread" && typeof count === "number") {
      unread = count;
      label = String(message.label ?? "");
      paint();
      emit("unread", unread);
    } else if (type === "look" && !options.fixedColor && validColor(color)) {
      view.color(color as string);
    } else if (type === "message") {
      emit("message", { id, from, at } as FrontdeskMessage);
    } else if (type === "refused") {
      identity = null;
      emit("refused", { code: message.code, message: message.message } as FrontdeskRefusal);
    } else if (type === "keep") {
      keepFor(keptKey, message.key as string, message.value as string | null);
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
  onTurn(() => tellPage(), signal);
  view.root.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") close();
  });

  const before = recall("sessionStorage", lastState);

  /** Someone who already chats keeps the chat (and its unread badge) on the next page of the shop. */
  function resume(): void {
    if (before === "open" && matchMedia("(min-width: 481px)").matches) open();
    else view.frame();
  }

  // a notification was clicked, which leads here
  if (target || location.hash === "#frontdesk") open();
  else if (!before) {
    if (options.button) view.say(options.greeting);
    if (options.look?.triggers) speaking?.(options, view.say, open, silence.signal);
  } else if (before !== AWAY) {
    if (document.readyState === "complete") resume();
    else window.addEventListener("load", resume, { signal });
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
    toggle,
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
