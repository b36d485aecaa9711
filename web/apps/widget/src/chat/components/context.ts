import { createContext } from "preact";
import { useContext, useEffect, useReducer } from "preact/hooks";
import type { Translate } from "../i18n/i18n.ts";
import type { Chat } from "../model/chat.ts";

export interface Shared {
  chat: Chat;
  t: Translate;
}

export const SharedContext = createContext<Shared | null>(null);

export function useShared(): Shared {
  const shared = useContext(SharedContext);
  if (!shared) throw new Error("no chat around this component");
  return shared;
}

/** Draws the component again whenever something in the chat changed. */
export function useChanges(): void {
  const { chat } = useShared();
  const [, again] = useReducer((n: number) => n + 1, 0);
  useEffect(() => chat.subscribe(again as () => void), [chat]);
}
