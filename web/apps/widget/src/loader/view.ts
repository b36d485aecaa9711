import { bubble } from "./bubble.ts";
import { make } from "./make.ts";
import { inkOn, type Options } from "./options.ts";
import { style } from "./style.ts";
import { texts } from "./texts.ts";

export interface View {
  /** What holds the button and the chat, in a shadow of its own. */
  readonly root: HTMLElement;
  frame(): HTMLIFrameElement;
  /** The chat's, once there is a frame. */
  window(): Window | null | undefined;
  /** `label` says what is unread behind the button's own words. */
  paint(isOpen: boolean, unread: number, label: string): void;
  /** Above the button, in place of what was said before; "" takes it off. */
  say(words: string): void;
  color(color: string): void;
  focusButton(): void;
}

/** Constructed sheets pass a page's strict CSP; a style element is only the fallback. */
function dress(root: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
  } catch {
    root.append(make("style", { textContent: style }));
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
  const inline = options.target;
  const host = document.createElement("frontdesk-widget");
  const badge = make("span", { className: "badge" });
  const button = make("button", { className: "button", onclick: toggle, ariaHasPopup: "dialog" });
  const root = make("div", {
    className: `root ${options.position}`,
    lang: options.language,
    dir: options.language === "ar" ? "rtl" : "ltr",
  });
  const seen = window.visualViewport;
  let frame: HTMLIFrameElement | undefined;
  let said: HTMLElement | undefined;

  // An important rule of the page (`* { display: none !important }`) reaches the host; only this outranks it.
  host.style.cssText = `all:initial!important${inline ? ";display:block!important;height:100%!important" : ""}`;
  // any other word would be taken for a light of its own, and shown as the light one
  const light = /^(dark|light)$/.exec(options.theme as string)?.[0] ?? "light dark";
  root.style.cssText = `--b:${options.bottom}px;color-scheme:${light}`;
  if (options.icon) button.append(make("img", { src: options.icon, alt: "" }));
  if (options.text) {
    button.append(make("span", { className: "words", textContent: options.text }));
  }
  button.append(badge);
  if (!options.button) root.classList.add("bare");
  if (inline) root.classList.add("inline");
  else root.append(button);
  const shadow = host.attachShadow({ mode: "open" });
  dress(shadow);
  shadow.append(root);

  /** On a phone the on-screen keyboard covers the page: the frame follows what stays visible. */
  function follow(): void {
    if (!seen) return;
    root.style.setProperty("--h", `${seen.height}px`);
    root.style.setProperty("--t", `${seen.offsetTop}px`);
  }
  follow();
  for (const change of ["resize", "scroll"]) {
    seen?.addEventListener(change, follow, { signal: gone });
  }

  const place = inline ?? document.body;
  place.append(host);
  // A single-page application that replaces its body takes the chat along; it comes back to the new one.
  const watch = new MutationObserver(() => {
    if (!host.isConnected && !inline) document.body?.append(host);
  });
  watch.observe(document.documentElement, { childList: true });
  watch.observe(place, { childList: true });
  gone.addEventListener("abort", () => {
    watch.disconnect();
    host.remove();
  });

  const view: View = {
    root,
    window: () => frame?.contentWindow,
    frame() {
      if (frame) return frame;
      frame = make("iframe", {
        title: text.open,
        allow: "clipboard-write; microphone",
        loading: inline ? "lazy" : "eager",
        src: options.chat,
      });
      root.append(
        make(
          "div",
          { className: "panel", role: inline ? "region" : "dialog", ariaLabel: text.open },
          frame,
        ),
      );
      return frame;
    },
    paint(isOpen, unread, label) {
      root.classList.toggle("open", isOpen);
      button.ariaExpanded = String(isOpen);
      button.ariaLabel = isOpen ? text.close : (options.text || text.open) + label;
      badge.hidden = isOpen || !unread;
      badge.textContent = unread > 99 ? "99+" : String(unread);
    },
    say(words) {
      said?.remove();
      said = bubble(words, text.close, toggle, putAway);
      if (words) root.append(said);
    },
    color(color) {
      root.style.setProperty("--c", color);
      root.style.setProperty("--i", inkOn(color));
    },
    focusButton: () => button.focus({ preventScroll: true }),
  };
  view.color(options.color);
  view.paint(false, 0, "");
  return view;
}
