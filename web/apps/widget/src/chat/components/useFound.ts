import { useEffect, useState } from "preact/hooks";
import type { Hint } from "../model/help.ts";
import { useShared } from "./context.ts";

const PAUSE = 250;

interface Found {
  /** Null before anything was found; while one types on, what was found last. */
  items: readonly Hint[] | null;
  failed: boolean;
}

const NOTHING: Found = { items: null, failed: false };

/** The articles that fit the words, a moment after the last key; the newest answer wins, whichever comes last. */
export function useFound(words: string): Found {
  const { chat } = useShared();
  const [found, setFound] = useState(NOTHING);
  useEffect(() => {
    if (!words) {
      setFound(NOTHING);
      return;
    }
    let over = false;
    const show = (next: Found) => over || setFound(next);
    const timer = setTimeout(() => {
      chat.api.articles(words).then(
        ({ items }) => show({ items, failed: false }),
        () => show({ items: null, failed: true }),
      );
    }, PAUSE);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [chat, words]);
  return found;
}
