import type { Catalogue } from "./en.ts";

export type { Catalogue };
export type Language = "en" | "zh-CN" | "ar";
export type TextKey = keyof Catalogue;
export type Values = Readonly<Record<string, string | number>>;
/** The stem of a text that has a form for one and a form for several. */
export type CountedKey = TextKey extends infer K ? (K extends `${infer S}.one` ? S : never) : never;
/** What a language has that knows more than one and several: a form for two, and one for a few. */
export type Plurals = Readonly<Record<`${CountedKey}.${"two" | "few"}`, string>>;

export interface Translate {
  (key: TextKey, values?: Values): string;
  count(stem: CountedKey, count: number): string;
  readonly language: Language;
}

/** Only the one that is spoken is loaded. */
const catalogues: Readonly<Record<Language, () => Promise<Catalogue>>> = {
  en: async () => (await import("./en.ts")).en,
  "zh-CN": async () => (await import("./zh-CN.ts")).zhCN,
  ar: async () => (await import("./ar.ts")).ar,
};

export function pickLanguage(wanted: readonly (string | null | undefined)[]): Language {
  const tag =
    wanted
      .find((each) => each?.trim())
      ?.trim()
      .toLowerCase() ?? "";
  if (tag.startsWith("zh")) return "zh-CN";
  return /^ar\b/.test(tag) ? "ar" : "en";
}

/** Which way a language is written. */
export const directionOf = (language: Language) => (language === "ar" ? "rtl" : "ltr");

export async function load(language: Language): Promise<Translate> {
  return translator(language, await catalogues[language]());
}

/** Replaces {{name}} by its value; a name without a value stays visible rather than vanishing. */
export function translator(language: Language, catalogue: Catalogue): Translate {
  const forms = new Intl.PluralRules(language);
  const say = (key: TextKey, values: Values = {}) =>
    catalogue[key].replace(/\{\{(\w+)\}\}/g, (whole, name: string) =>
      String(values[name] ?? whole),
    );
  return Object.assign(say, {
    count(stem: CountedKey, count: number) {
      const form = `${stem}.${forms.select(count)}`;
      return say((form in catalogue ? form : `${stem}.other`) as TextKey, { count });
    },
    language,
  });
}
