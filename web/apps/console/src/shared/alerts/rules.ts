import { storage } from "../storage.ts";
import { createStore, useStore } from "../store.ts";

/** What there is to tell an agent. */
export const kinds = ["conversation", "message", "mention", "waiting", "alarm", "answer"] as const;
export type Kind = (typeof kinds)[number];

/** From nothing to what cannot be missed; all but the first show a desktop notification, too. */
export const ways = ["off", "shown", "once", "repeated"] as const;
export type Way = (typeof ways)[number];

export interface Rules {
  /** Whether anything sounds at all. */
  readonly sound: boolean;
  /** From 0 to 1. */
  readonly volume: number;
  readonly ways: Readonly<Record<Kind, Way>>;
}

const key = "frontdesk.sound";

export const usual: Rules = {
  sound: true,
  volume: 0.5,
  ways: {
    conversation: "once",
    message: "once",
    mention: "once",
    waiting: "once",
    alarm: "once",
    answer: "once",
  },
};

/** What was kept, as far as it still makes sense. "off" alone is what there was before there were rules. */
export function parse(kept: string | null): Rules {
  if (kept === "off") return { ...usual, sound: false };
  let found: Partial<Record<keyof Rules, unknown>>;
  try {
    found = JSON.parse(kept ?? "{}") ?? {};
  } catch {
    return usual;
  }
  const { sound, volume } = found;
  const chosen = (found.ways ?? {}) as Partial<Record<Kind, Way>>;
  const of = (kind: Kind) => ways.find((way) => way === chosen[kind]) ?? usual.ways[kind];
  return {
    sound: sound !== false,
    volume: typeof volume === "number" && volume >= 0 && volume <= 1 ? volume : usual.volume,
    ways: Object.fromEntries(kinds.map((kind) => [kind, of(kind)])) as Record<Kind, Way>,
  };
}

/** How this device tells; every page of it goes by the same. */
export const rules = createStore(parse(storage.read(key)));
export const useRules = () => useStore(rules);

addEventListener("storage", (event) => {
  if (event.key === key) rules.set(parse(event.newValue));
});

export function changeRules(changes: Partial<Rules>): void {
  rules.set({ ...rules.get(), ...changes });
  storage.write(key, JSON.stringify(rules.get()));
}
