import type { FrontdeskOptions } from "@frontdesk/embed";
import type { Look } from "./look.ts";
import type { Language } from "./texts.ts";

/** What the page asks for, looked at and completed. */
export interface Options {
  origin: string;
  chat: string;
  channel: string;
  language: Language;
  position: "left" | "right";
  bottom: number;
  theme: unknown;
  color: string;
  /** The page named the color: the channel's own does not replace it. */
  fixedColor: boolean;
  icon: string;
  text: string;
  greeting: string;
  button: boolean;
  target: Element | null;
  identity: string | null;
  /** The channel's, where the script came with it. */
  look: Look | null;
  /** The page may not speak with a frame (its origin is nothing): the chat opens in a window of its own. */
  apart: boolean;
}

export const DEFAULT_COLOR = "#1f5eff";

export function pickLanguage(wanted: readonly (string | null | undefined)[]): Language {
  const tag = wanted.find((each) => each?.trim()) ?? "";
  if (/^\s*zh/i.test(tag)) return "zh-CN";
  return /^\s*ar\b/i.test(tag) ? "ar" : "en";
}

export function validColor(color: unknown): string | null {
  const text = words(color, 9);
  return /^#([\da-f]{3}){1,2}$/i.test(text) ? text : null;
}

function words(text: unknown, most: number): string {
  return typeof text === "string" ? text.trim().slice(0, most) : "";
}

/** As a page's script says it, or as a tag does in its `data-` attributes, where everything is text. */
export type Asked = Partial<FrontdeskOptions> | DOMStringMap;

type Wishes = { [name in keyof FrontdeskOptions]?: unknown };

/** Null when there is no channel, or no place where it is wanted. */
export function readOptions(given: Asked, src: string, look?: Look): Options | null {
  // without a prototype: what a page has put on Object's is nobody's wish
  const own: Wishes = { __proto__: null, ...given } as object;
  const channel = words(own.channel, 64);
  if (!channel || !src) return null;
  const known = look?.channel === channel ? look : null;
  const language = pickLanguage([
    words(own.language, 35),
    known?.language,
    document.documentElement.lang,
    ...navigator.languages,
  ]);
  const asked: Wishes = {
    __proto__: null,
    ...known,
    ...known?.[language === "zh-CN" ? language : "en"],
    ...own,
  } as object;
  const { target, theme } = asked;
  const place =
    typeof target === "string" ? document.querySelector(target) : ((target as Element) ?? null);
  if (target && !place) return null;
  const wanted = validColor(own.color);
  const apart = self.origin === "null";
  const chat = new URL("widget/chat.html", src);
  const query = {
    channel,
    language,
    parent: !apart && self.origin,
    color: wanted,
    theme,
    inline: place && 1,
  };
  for (const [name, value] of Object.entries(query)) {
    if (value) chat.searchParams.set(name, String(value));
  }
  return {
    origin: chat.origin,
    chat: chat.href,
    channel,
    language,
    position: asked.position === "left" ? "left" : "right",
    bottom: Number(asked.bottom) >= 0 ? Number(asked.bottom) : 20,
    theme,
    color: wanted ?? known?.color ?? DEFAULT_COLOR,
    fixedColor: wanted !== null,
    icon: words(asked.icon, 2000),
    text: words(asked.text, 40),
    greeting: words(asked.greeting, 200),
    button: String(asked.button) !== "false",
    target: place,
    identity: words(asked.identity, 8000) || null,
    look: known,
    apart,
  };
}

/** White on it still has 4.5 to 1: that is (1 + 0.05) / (this + 0.05). */
const MOST_LIGHT = 0.183;

/** Black or white, whichever reads better on the color (WCAG relative luminance). */
export function inkOn(color: string): "#fff" | "#000" {
  const parts = color.match(color.length > 4 ? /\w\w/g : /\w/g) ?? [];
  const [red = 0, green = 0, blue = 0] = parts.map((part) => {
    const value = Number(`0x${(part + part).slice(-2)}`) / 255;
    // without the standard's straight piece near black: black can be read wherever that makes a difference
    return ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue <= MOST_LIGHT ? "#fff" : "#000";
}
