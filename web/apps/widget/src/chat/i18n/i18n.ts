import { type Catalogue, en } from "./en.ts";
import { zhCN } from "./zh-CN.ts";

export type Language = "en" | "zh-CN";
export type TextKey = keyof Catalogue;
export type Values = Readonly<Record<string, string | number>>;
/** The stem of a text that has a form for one and a form for several. */
export type CountedKey = TextKey extends infer K ? (K extends `${infer S}.one` ? S : never) : never;

export interface Translate {
  (key: TextKey, values?: Values): string;
  count(stem: CountedKey, count: number): string;
  readonly language: Language;
}

const catalogues: Readonly<Record<Language, Catalogue>> = { en, "zh-CN": zhCN };

export function pickLanguage(wanted: readonly (string | null | undefined)[]): Language {
  const first = wanted.find((tag) => tag?.trim());
  return first?.trim().toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}

/** Replaces {{name}} by its value; a name without a value stays visible rather than vanishing. */
export function translator(language: Language): Translate {
  const catalogue = catalogues[language];
  const say = (key: TextKey, values: Values = {}) =>
    catalogue[key].replace(/\{\{(\w+)\}\}/g, (whole, name: string) =>
      String(values[name] ?? whole),
    );
  return Object.assign(say, {
    count: (stem: CountedKey, count: number) =>
      say(count === 1 ? `${stem}.one` : `${stem}.other`, { count }),
    language,
  });
}
