/** What the script tag says, and what follows from it. */
export interface Options {
  origin: string;
  chat: string;
  channel: string;
  language: "zh-CN" | "en";
  position: "left" | "right";
  color: string;
  /** The tag named the color: the channel's own does not replace it. */
  fixedColor: boolean;
}

export const DEFAULT_COLOR = "#1f5eff";

export function pickLanguage(wanted: readonly (string | null | undefined)[]): "zh-CN" | "en" {
  const first = wanted.find((tag) => tag?.trim());
  return first?.trim().toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}

export function validColor(color: string | null | undefined): string | null {
  const text = color?.trim() ?? "";
  return /^#(?:[\da-f]{3}|[\da-f]{6})$/i.test(text) ? text : null;
}

/** The chat page of the Frontdesk that served the loader. */
export function chatUrl(
  scriptUrl: string,
  query: { channel: string; language: string; parent: string; color?: string },
): string {
  const url = new URL("/widget/chat.html", scriptUrl);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}

/** The tag as it stands in the page. */
export interface Tag {
  src: string;
  dataset: { channel?: string; language?: string; position?: string; color?: string };
}

export function readOptions(
  script: Tag,
  page: { lang: string; languages: readonly string[]; origin: string },
  remembered: string | null,
): Options | null {
  const data = script.dataset;
  const channel = data.channel?.trim();
  if (!channel || !script.src) return null;
  const wanted = validColor(data.color);
  const language = pickLanguage([data.language, page.lang, ...page.languages]);
  return {
    origin: new URL(script.src).origin,
    chat: chatUrl(script.src, {
      channel,
      language,
      parent: page.origin,
      ...(wanted ? { color: wanted } : {}),
    }),
    channel,
    language,
    position: data.position === "left" ? "left" : "right",
    color: wanted ?? validColor(remembered) ?? DEFAULT_COLOR,
    fixedColor: wanted !== null,
  };
}

/** Black or white, whichever reads better on the color (WCAG relative luminance). */
export function inkOn(color: string): "#fff" | "#000" {
  const hex = color.slice(1);
  const full = hex.length === 3 ? hex.replace(/./g, "$&$&") : hex;
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const part = Number.parseInt(full.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const light = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return 1.05 / (light + 0.05) >= 4.5 ? "#fff" : "#000";
}
