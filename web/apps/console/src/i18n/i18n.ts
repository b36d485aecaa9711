import { createInstance, type i18n } from "i18next";
import { storage } from "../shared/storage.ts";
import { first } from "./en/first.ts";
import { directionOf, type Language, pickLanguage } from "./languages.ts";

const key = "frontdesk.language";
/** For words outside of a component; within one they are useTranslation's. */
export const instance = createInstance();

/** English ships with the first screen, and more of it with later ones; any other language is loaded whole, on demand. */
async function load(language: Language): Promise<object> {
  return language === "zh-CN" ? (await import("./zh-CN/index.ts")).zhCN : first;
}

export function rememberedLanguage(): Language {
  const chosen = storage.read(key);
  return pickLanguage(chosen ? [chosen, ...navigator.languages] : navigator.languages);
}

/** The English of a screen that is loaded on demand comes with it; other languages are loaded whole. */
export function addEnglish(words: object): void {
  instance.addResourceBundle("en", "translation", words, true, true);
}

export async function startI18n(language: Language): Promise<i18n> {
  await instance.init({
    lng: language,
    fallbackLng: "en",
    resources: { en: { translation: first }, [language]: { translation: await load(language) } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  return instance;
}

/** What the page itself has to know of its language. */
export function tellPage(language: Language): void {
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
}

export async function changeLanguage(shown: i18n, language: Language): Promise<void> {
  if (!shown.hasResourceBundle(language, "translation")) {
    shown.addResourceBundle(language, "translation", await load(language));
  }
  await shown.changeLanguage(language);
  tellPage(language);
  storage.write(key, language);
}
