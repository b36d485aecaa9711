import { createInstance, type i18n } from "i18next";
import { getI18n, initReactI18next } from "react-i18next";
import { storage } from "../shared/storage.ts";
import { first } from "./en/first.ts";
import { type Language, pickLanguage } from "./languages.ts";

const key = "frontdesk.language";

/** English ships with the first screen, and more of it with later ones; any other language is loaded whole, on demand. */
async function load(language: Language): Promise<object> {
  return language === "zh-CN" ? (await import("./zh-CN/index.ts")).zhCN : first;
}

export function rememberedLanguage(): Language {
  const chosen = storage.read(key);
  return pickLanguage(chosen ? [chosen, ...navigator.languages] : navigator.languages);
}

export async function startI18n(language: Language): Promise<i18n> {
  const instance = createInstance();
  await instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: "en",
    resources: { en: { translation: first }, [language]: { translation: await load(language) } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  return instance;
}

/** English words that come with a screen. */
export function addEnglish(words: object): void {
  getI18n().addResourceBundle("en", "translation", words, true);
}

export async function changeLanguage(instance: i18n, language: Language): Promise<void> {
  if (!instance.hasResourceBundle(language, "translation")) {
    instance.addResourceBundle(language, "translation", await load(language));
  }
  await instance.changeLanguage(language);
  document.documentElement.lang = language;
  storage.write(key, language);
}
