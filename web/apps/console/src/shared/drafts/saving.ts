import { ApiError } from "@frontdesk/api";
import type { DraftStore, Unsaved } from "./drafts.ts";

/** A draft as the server tells it. */
export interface KeptDraft {
  readonly conversation: string;
  readonly text: string;
  readonly note: boolean;
  readonly quotes: number | null;
  readonly written_at: number;
}

export interface DraftBody {
  readonly text: string;
  readonly note: boolean;
  readonly quotes: number | null;
  readonly age: number;
  readonly writer: string;
}

export type Keep = (
  conversation: string,
  body: DraftBody,
) => Promise<{ readonly draft: KeptDraft; readonly kept: boolean }>;

/** Between two savings while somebody writes; a message that is sent is not waited with. */
const pause = 1500;
const day = 86_400_000;

export function adopt(store: DraftStore, draft: KeptDraft): void {
  const { conversation, text, note, quotes, written_at } = draft;
  store.adopt(conversation, { text, note, quotes: quotes ?? undefined }, written_at);
}

/**
 * Saves what changes, one after another, while somebody writes and when the line is back (`again`). What could not be
 * saved stays unsaved in the store, over a reload too.
 */
export function savesDrafts(store: DraftStore, writer: string, keep: Keep) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = false;
  let stopped = false;

  async function save(each: Unsaved): Promise<boolean> {
    const { text, note, quotes } = each.draft;
    const age = Math.min(day, Math.max(0, Date.now() - each.changed));
    try {
      const body = { text, note, quotes: quotes ?? null, age, writer };
      const { draft, kept } = await keep(each.conversation, body);
      store.saved(each, kept ? draft.written_at : 0);
      if (!kept) adopt(store, draft);
      return true;
    } catch (error) {
      const refused = error instanceof ApiError && [400, 403, 404, 409].includes(error.status);
      if (refused) store.unsavable(each);
      return refused;
    }
  }

  async function run(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    if (running || stopped) return;
    running = true;
    for (const each of store.unsaved()) {
      if (stopped || !(await save(each))) break;
    }
    running = false;
  }

  function plan(): void {
    if (stopped) return;
    const unsaved = store.unsaved();
    if (unsaved.some(({ draft }) => draft.text === "") && !running) void run();
    else if (unsaved.length) timer ??= setTimeout(() => void run(), pause);
  }

  const unwatch = store.subscribe(plan);
  return {
    again: () => void run(),
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      unwatch();
    },
  };
}
