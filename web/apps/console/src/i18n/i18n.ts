import { createInstance, type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import { storage } from "../shared/storage.ts";
import type { en } from "./en/index.ts";
import { type Language, pickLanguage } from "./languages.ts";

const key = "frontdesk.language";
const instance = createInstance();

/** Everybody loads the one language that they read; each says everything, so that none has to stand in for another. */
async function load(language: Language): Promise<typeof en> {
  if (language === "zh-CN") return (await import("./zh-CN/index.ts")).zhCN;
  return (await import("./en/index.ts")).en;
}

export function rememberedLanguage(): Language {
  const chosen = storage.read(key);
  return pickLanguage(chosen ? [chosen, ...navigator.languages] : navigator.languages);
}

/** The English of a screen that is loaded on demand comes with it; other languages are loaded whole. */
export function alsoInEnglish(words: object): void {
  instance.addResourceBundle("en", "translation", words, true, true);
}

export async function startI18n(language: Language): Promise<i18n> {
  await instance.use(initReactI18next).init({
    lng: language,
    resources: { [language]: { translation: await load(language) } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  return instance;
}

export async function changeLanguage(shown: i18n, language: Language): Promise<void> {
  if (!shown.hasResourceBundle(language, "translation")) {
    shown.addResourceBundle(language, "translation", await load(language));
  }
  await shown.changeLanguage(language);
  document.documentElement.lang = language;
  storage.write(key, language);
}
