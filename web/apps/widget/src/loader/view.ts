import { bubble, press } from "./bubble.ts";
import { down, talk } from "./icons.ts";
import { make } from "./make.ts";
import { inkOn, type Options } from "./options.ts";
import { style } from "./style.ts";
import { texts } from "./texts.ts";

export interface View {
  /** What holds the button and the chat, in a shadow of its own. */
  readonly root: HTMLElement;
  frame(): HTMLIFrameElement;
  /** The chat's, once there is a frame. */
  window(): Window | null;
  show(open: boolean): void;
  /** Above the button, in place of what was said before; "" takes it off. */
  say(words: string): void;
  /** `words` say it behind the button's own. */
  unread(count: number, words: string): void;
  color(color: string): void;
  focusButton(): void;
  contains(target: EventTarget | null): boolean;
}

/** Constructed sheets pass a page's strict CSP; a style element is only the fallback. */
function dress(root: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
  } catch {
    const element = make("style", "");
    element.textContent = style;
    root.append(element);
  }
}

/** Stands in the page until `gone`. */
export function createView(
  options: Options,
  toggle: () => void,
  putAway: () => void,
  gone: AbortSignal,
): View {
  const text = texts[options.language];
  const host = document.createElement("frontdesk-widget");
  const shadow = host.attachShadow({ mode: "open" });
  const root = make("div", `root ${options.position}`);
  const button = press("button", "", toggle);
  const badge = make("span", "badge");
  const seen = window.visualViewport;
  let frame: HTMLIFrameElement | undefined;
  let said: HTMLElement | undefined;
  let isOpen = false;
  let count = 0;
  let unread = "";

  dress(shadow);
  // An important rule of the page (`* { display: none !important }`) reaches the host; only this outranks it.
  host.style.cssText = `all:initial!important${options.target ? ";display:block!important;height:100%!important" : ""}`;
  root.lang = options.language;
  if (options.language === "ar") root.dir = "rtl";
  // any other word would be taken for a light of its own, and shown as the light one
  root.style.colorScheme = String(/^dark$|^light$/.exec(options.theme as string) ?? "");
  if (options.bottom >= 0) root.style.setProperty("--b", `${options.bottom}px`);
  badge.setAttribute("aria-hidden", "true");
  button.append(talk(options.icon), down());
  if (options.text) {
    const words = make("span", "words");
    words.textContent = options.text;
    button.append(words);
    root.classList.add("text");
  }
  button.append(badge);
  if (!options.button) root.classList.add("bare");
  if (options.target) {
    root.classList.add("inline");
  } else {
    root.append(button);
  }
  shadow.append(root);

  function paint(): void {
    root.classList.toggle("open", isOpen);
    button.setAttribute("aria-expanded", String(isOpen));
    button.setAttribute("aria-haspopup", "dialog");
    button.setAttribute("aria-label", isOpen ? text.close : (options.text || text.open) + unread);
    badge.hidden = isOpen || !count;
    badge.textContent = count > 99 ? "99+" : String(count);
  }

  /** On a phone the on-screen keyboard covers the page: the frame follows what stays visible. */
  function follow(): void {
    if (!seen || !isOpen) return;
    root.style.setProperty("--h", `${Math.round(seen.height)}px`);
    root.style.setProperty("--t", `${Math.round(seen.offsetTop)}px`);
  }
  for (const change of ["resize", "scroll"]) {
    seen?.addEventListener(change, follow, { signal: gone });
  }

  const place = options.target ?? document.body;
  place.append(host);
  // A single-page application that replaces its body takes the chat along; it comes back to the new one.
  const watch = new MutationObserver(() => {
    if (!host.isConnected && !options.target) document.body?.append(host);
  });
  watch.observe(document.documentElement, { childList: true });
  watch.observe(place, { childList: true });
  gone.addEventListener("abort", () => {
    watch.disconnect();
    host.remove();
  });

  const view: View = {
    root,
    window: () => frame?.contentWindow ?? null,
    frame() {
      if (frame) return frame;
      const panel = make("div", "panel");
      panel.setAttribute("role", options.target ? "region" : "dialog");
      panel.setAttribute("aria-label", text.open);
      frame = make("iframe", "");
      frame.title = text.open;
      frame.allow = "clipboard-write; microphone";
      if (options.target) frame.loading = "lazy";
      frame.src = options.chat;
      panel.append(frame);
      root.append(panel);
      return frame;
    },
    show(open) {
      isOpen = open;
      paint();
      follow();
    },
    say(words) {
      said?.remove();
      said = bubble(words, text.close, toggle, putAway);
      if (words) root.append(said);
    },
    unread(next, words) {
      count = next;
      unread = words;
      paint();
    },
    color(color) {
      root.style.setProperty("--c", color);
      root.style.setProperty("--i", inkOn(color));
    },
    focusButton: () => button.focus({ preventScroll: true }),
    contains: (target) => target === host,
  };
  view.color(options.color);
  paint();
  return view;
}
