/** `en-XB` is English laid out from the right: no menu offers it, it shows that a language from there would fit. */
export type Language = "en" | "zh-CN" | "en-XB";

export function pickLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const lower = tag.toLowerCase();
    if (lower.startsWith("zh")) return "zh-CN";
    if (lower === "en-xb") return "en-XB";
    if (lower.startsWith("en")) return "en";
  }
  return "en";
}

const fromTheRight: ReadonlySet<string> = new Set<Language>(["en-XB"]);

export const directionOf = (language: string): "ltr" | "rtl" =>
  fromTheRight.has(language) ? "rtl" : "ltr";
