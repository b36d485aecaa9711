import { storage } from "../../../shared/storage.ts";
import { createStore, useStore } from "../../../shared/store.ts";

const prefix = "frontdesk.translate.";
const most = 200;

/** What somebody wants to read in their own language: single messages until the page closes, conversations on this device. */
const messages = createStore<ReadonlySet<string>>(new Set());
const conversations = createStore<ReadonlySet<string>>(
  new Set(storage.keys(prefix).map((key) => key.slice(prefix.length))),
);

function switched(held: ReadonlySet<string>, one: string, on: boolean): ReadonlySet<string> {
  const next = new Set(held);
  if (on) next.add(one);
  else next.delete(one);
  return next;
}

export function translateMessage(conversation: string, seq: number, on: boolean): void {
  messages.set(switched(messages.get(), `${conversation} ${seq}`, on));
}

/** The conversation that was added first is forgotten when there are very many. */
export function translateAlways(conversation: string, on: boolean): void {
  const next = switched(conversations.get(), conversation, on);
  storage.write(prefix + conversation, on ? "1" : null);
  const [first] = next;
  if (next.size > most && first) {
    storage.write(prefix + first, null);
    conversations.set(switched(next, first, false));
  } else conversations.set(next);
}

export function useAsked(conversation: string, seq: number) {
  return {
    one: useStore(messages).has(`${conversation} ${seq}`),
    always: useStore(conversations).has(conversation),
  };
}
