import { down, talk } from "./icons.ts";
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
  /** `words` say it behind the button's own. */
  unread(count: number, words: string): void;
  color(color: string): void;
  focusButton(): void;
  contains(target: EventTarget | null): boolean;
  remove(): void;
}

function make<K extends keyof HTMLElementTagNameMap>(tag: K, name: string) {
  const element = document.createElement(tag);
  element.className = name;
  return element;
}

/** Constructed sheets pass a page's strict CSP; a style element is only the fallback. */
function dress(root: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
  } catch {
    const element = document.createElement("style");
    element.textContent = style;
    root.append(element);
  }
}

export function createView(options: Options, toggle: () => void): View {
  const text = texts[options.language];
  const host = document.createElement("frontdesk-widget");
  const shadow = host.attachShadow({ mode: "open" });
  const root = make("div", `root ${options.position} ${options.theme}`);
  const button = make("button", "button");
  const badge = make("span", "badge");
  const gone = new AbortController();
  const seen = window.visualViewport;
  let frame: HTMLIFrameElement | undefined;
  let isOpen = false;
  let count = 0;
  let unread = "";

  dress(shadow);
  button.type = "button";
  button.addEventListener("click", toggle);
  // An important rule of the page (`* { display: none !important }`) reaches the host; only this outranks it.
  host.style.cssText = "all:initial!important";
  root.lang = options.language;
  if (options.language === "ar") root.dir = "rtl";
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
    host.style.cssText = "all:initial!important;display:block!important;height:100%!important";
  } else {
    root.append(button);
  }
  shadow.append(root);

  function paint(): void {
    root.classList.toggle("open", isOpen);
    button.setAttribute("aria-expanded", String(isOpen));
    button.setAttribute("aria-haspopup", "dialog");
    button.setAttribute("aria-label", isOpen ? text.close : (options.text || text.open) + unread);
    badge.hidden = isOpen || count === 0;
    badge.textContent = count > 99 ? "99+" : String(count);
  }

  /** On a phone the on-screen keyboard covers the page: the frame follows what stays visible. */
  function follow(): void {
    if (!seen || !isOpen) return;
    root.style.setProperty("--h", `${Math.round(seen.height)}px`);
    root.style.setProperty("--t", `${Math.round(seen.offsetTop)}px`);
  }
  for (const change of ["resize", "scroll"]) {
    seen?.addEventListener(change, follow, { signal: gone.signal });
  }

  const place = options.target ?? document.body;
  place.append(host);
  // A single-page application that replaces its body takes the chat along; it comes back to the new one.
  const watch = new MutationObserver(() => {
    if (!host.isConnected && !options.target) document.body?.append(host);
  });
  watch.observe(document.documentElement, { childList: true });
  watch.observe(place, { childList: true });

  const view: View = {
    root,
    window: () => frame?.contentWindow ?? null,
    frame() {
      if (frame) return frame;
      const panel = make("div", "panel");
      panel.setAttribute("role", options.target ? "region" : "dialog");
      panel.setAttribute("aria-label", text.title);
      frame = document.createElement("iframe");
      frame.title = text.title;
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
    remove() {
      gone.abort();
      watch.disconnect();
      host.remove();
    },
  };
  view.color(options.color);
  paint();
  return view;
}
