import { useSyncExternalStore } from "react";
import { storage } from "../storage.ts";

export interface Draft {
  readonly text: string;
  readonly note: boolean;
  /** The seq of the message that the answer quotes. */
  readonly quotes?: number | undefined;
}

/**
 * A draft and how it stands with the server. `changed` is this device's time of what the server does not know yet, null
 * for what it knows; `known` is the server's time of the last version that it told us.
 */
interface Held {
  readonly draft: Draft;
  readonly changed: number | null;
  readonly known: number;
}

export interface Unsaved {
  readonly conversation: string;
  readonly draft: Draft;
  readonly changed: number;
}

export const emptyDraft: Draft = { text: "", note: false };

const isEmpty = ({ text, note, quotes }: Draft) => text === "" && !note && quotes === undefined;

/**
 * What was being written, per person and conversation; survives a reload. That a draft was sent is kept as well until
 * the server knows it: the words must not come back from there.
 */
export class DraftStore {
  private readonly held = new Map<string, Held>();
  private readonly listeners = new Set<() => void>();
  private readonly prefix: string;

  constructor(person: string) {
    this.prefix = `frontdesk.draft.${person}.`;
    for (const key of storage.keys(this.prefix)) {
      const found = parse(storage.read(key));
      if (found) this.held.set(key.slice(this.prefix.length), found);
    }
  }

  get(conversation: string): Draft {
    return this.held.get(conversation)?.draft ?? emptyDraft;
  }

  set(conversation: string, draft: Draft): void {
    const known = this.held.get(conversation)?.known ?? 0;
    this.put(conversation, { draft, changed: Date.now(), known });
  }

  unsaved(): Unsaved[] {
    return [...this.held].flatMap(([conversation, { draft, changed }]) =>
      changed === null ? [] : [{ conversation, draft, changed }],
    );
  }

  /** The server has it, as of `at`; what was written since then is still unsaved. */
  saved({ conversation, changed }: Unsaved, at: number): void {
    const held = this.held.get(conversation);
    if (!held) return;
    const newer = held.changed !== null && held.changed > changed;
    this.put(conversation, { ...held, changed: newer ? held.changed : null, known: at });
  }

  /** Will not be saved: it is too long, or the conversation is out of reach or erased. It stays on this device. */
  unsavable({ conversation, changed }: Unsaved): void {
    const held = this.held.get(conversation);
    if (held?.changed === changed) this.put(conversation, { ...held, changed: null });
  }

  /** What another device wrote. Not while this one has something newer that the server does not know yet. */
  adopt(conversation: string, draft: Draft, at: number): void {
    const held = this.held.get(conversation);
    if (held && (held.changed !== null || at <= held.known)) return;
    this.put(conversation, { draft, changed: null, known: at });
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private put(conversation: string, held: Held): void {
    this.held.set(conversation, held);
    const keep = !isEmpty(held.draft) || held.changed !== null;
    storage.write(this.prefix + conversation, keep ? JSON.stringify(held) : null);
    for (const listener of [...this.listeners]) listener();
  }
}

function parse(text: string | null): Held | null {
  try {
    const { draft, changed, known } = JSON.parse(text ?? "null") as Partial<Held>;
    if (typeof draft?.text !== "string") return null;
    const quotes = typeof draft.quotes === "number" ? draft.quotes : undefined;
    return {
      draft: { text: draft.text, note: draft.note === true, quotes },
      changed: typeof changed === "number" ? changed : null,
      known: typeof known === "number" ? known : 0,
    };
  } catch {
    return null;
  }
}

const stores = new Map<string, DraftStore>();

export function draftsOf(person: string): DraftStore {
  let store = stores.get(person);
  if (!store) {
    store = new DraftStore(person);
    stores.set(person, store);
  }
  return store;
}

export function useDraft(person: string, conversation: string): Draft {
  const store = draftsOf(person);
  return useSyncExternalStore(store.subscribe, () => store.get(conversation));
}
