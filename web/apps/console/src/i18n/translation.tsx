import type { i18n as I18n, TFunction } from "i18next";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";

interface Translation {
  readonly t: TFunction;
  readonly i18n: I18n;
}

const Shown = createContext<Translation | null>(null);

type Look = (key: string, options?: object) => string;

/** Words without places are looked up once; what is not there yet may still come with a later screen. */
function remembering(look: Look): Look {
  const known = new Map<string, string>();
  return (key, options) => {
    if (options !== undefined) return look(key, options);
    const held = known.get(key);
    if (held !== undefined) return held;
    const words = look(key);
    if (words !== key) known.set(key, words);
    return words;
  };
}

function inLanguage(i18n: I18n): Translation {
  const look = i18n.getFixedT(i18n.language) as Look;
  return { t: remembering(look) as TFunction, i18n };
}

/** Whatever shows words is drawn again when the language changes. */
export function Translations({ i18n, children }: { i18n: I18n; children: ReactNode }) {
  const [shown, setShown] = useState(() => inLanguage(i18n));
  useEffect(() => {
    const change = () => setShown(inLanguage(i18n));
    i18n.on("languageChanged", change);
    return () => i18n.off("languageChanged", change);
  }, [i18n]);
  return <Shown value={shown}>{children}</Shown>;
}

/** Hundreds of parts of a screen ask for it, so that it may cost nothing: there is one for all of them. */
export function useTranslation(): Translation {
  const shown = useContext(Shown);
  if (!shown) throw new Error("no translations above this component");
  return shown;
}
