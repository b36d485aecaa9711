import { useSyncExternalStore } from "react";
import { storage } from "../storage.ts";

export interface Draft {
  readonly text: string;
  readonly note: boolean;
  /** The seq of the message that the answer quotes. */
  readonly quotes?: number | undefined;
}

export const emptyDraft: Draft = { text: "", note: false };

/** What was being written, per person and conversation; survives a reload. */
export class DraftStore {
  private readonly drafts = new Map<string, Draft>();
  private readonly listeners = new Set<() => void>();
  private readonly prefix: string;

  constructor(person: string) {
    this.prefix = `frontdesk.draft.${person}.`;
    for (const key of storage.keys(this.prefix)) {
      const draft = parse(storage.read(key));
      if (draft) this.drafts.set(key.slice(this.prefix.length), draft);
    }
  }

  get(conversation: string): Draft {
    return this.drafts.get(conversation) ?? emptyDraft;
  }

  set(conversation: string, draft: Draft): void {
    const keep = draft.text !== "" || draft.note || draft.quotes !== undefined;
    if (keep) this.drafts.set(conversation, draft);
    else this.drafts.delete(conversation);
    storage.write(this.prefix + conversation, keep ? JSON.stringify(draft) : null);
    for (const listener of [...this.listeners]) listener();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}

function parse(text: string | null): Draft | null {
  try {
    const value = JSON.parse(text ?? "null") as Partial<Draft> | null;
    if (typeof value?.text !== "string") return null;
    const quotes = typeof value.quotes === "number" ? value.quotes : undefined;
    return { text: value.text, note: value.note === true, quotes };
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
