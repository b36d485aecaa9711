import { inkOn, type Options } from "./options.ts";
import { style } from "./style.ts";
import { texts } from "./texts.ts";

const SVG = "http://www.w3.org/2000/svg";
const TALK = "M21 11.5a8.4 8.4 0 0 1-12.2 7.5L3 21l2-5.4A8.4 8.4 0 1 1 21 11.5z";
const DOWN = "M6 9.5l6 6 6-6";

export interface View {
  frame(): HTMLIFrameElement;
  hasFrame(): boolean;
  show(open: boolean): void;
  unread(count: number): void;
  color(color: string): void;
  focusButton(): void;
  contains(target: EventTarget | null): boolean;
}

function icon(name: string, path: string): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", name);
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(SVG, "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  if (name === "talk") {
    const dots = shape.cloneNode() as SVGElement;
    dots.setAttribute("d", "M8.6 11.5h.01M12.5 11.5h.01M16.4 11.5h.01");
    dots.setAttribute("stroke-width", "2.6");
    svg.append(dots);
  }
  return svg;
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
  const root = document.createElement("div");
  const button = document.createElement("button");
  const badge = document.createElement("span");
  let panel: HTMLDivElement | undefined;
  let frame: HTMLIFrameElement | undefined;
  let isOpen = false;
  let count = 0;

  dress(shadow);
  root.className = `root ${options.position}`;
  root.lang = options.language;
  button.type = "button";
  button.className = "button";
  button.append(icon("talk", TALK), icon("down", DOWN), badge);
  button.addEventListener("click", toggle);
  badge.className = "badge";
  badge.setAttribute("aria-hidden", "true");
  root.append(button);
  shadow.append(root);

  function paint(): void {
    root.classList.toggle("open", isOpen);
    button.setAttribute("aria-expanded", String(isOpen));
    button.setAttribute("aria-haspopup", "dialog");
    button.setAttribute("aria-label", isOpen ? text.close : text.open(count));
    badge.hidden = isOpen || count === 0;
    badge.textContent = count > 99 ? "99+" : String(count);
  }

  /** On a phone the on-screen keyboard covers the page: the frame follows what stays visible. */
  function follow(): void {
    const seen = window.visualViewport;
    if (!seen || !panel || !isOpen) return;
    panel.style.setProperty("--h", `${Math.round(seen.height)}px`);
    panel.style.setProperty("--t", `${Math.round(seen.offsetTop)}px`);
  }
  window.visualViewport?.addEventListener("resize", follow);
  window.visualViewport?.addEventListener("scroll", follow);

  const view: View = {
    hasFrame: () => frame !== undefined,
    frame() {
      if (frame) return frame;
      panel = document.createElement("div");
      panel.className = "panel";
      panel.setAttribute("role", "dialog");
      panel.setAttribute("aria-label", text.title);
      frame = document.createElement("iframe");
      frame.title = text.title;
      frame.allow = "clipboard-write; microphone";
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
    unread(next) {
      count = next;
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
  document.body.append(host);
  return view;
}
