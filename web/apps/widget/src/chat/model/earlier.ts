import type { Connection, Entry, Snapshot } from "@frontdesk/realtime";
import type { Api } from "./api.ts";

export interface Segment {
  snapshot: Snapshot;
  entries: readonly Entry[];
  /** There is more above what is held. */
  more: boolean;
}

const PAGE = 50;

/** Everything above the current conversation, fetched piece by piece as the visitor scrolls up. */
export function createEarlier(options: {
  api: Pick<Api, "conversations" | "entries">;
  connection: Pick<Connection, "history" | "state">;
  current(): string | null;
  changed(): void;
}) {
  const { api, connection, current } = options;
  let segments: readonly Segment[] = [];
  let known: Snapshot[] = [];
  let moreKnown = false;
  let lastKnown: string | null = null;
  let loading = false;
  let failed = false;

  function currentHasMore(): boolean {
    const id = current();
    const held = id ? connection.state.conversations[id] : undefined;
    return held !== undefined && held.entries.length > 0 && held.oldest > 1;
  }

  async function list(limit: number): Promise<Snapshot[]> {
    const { items, more } = await api.conversations(lastKnown, limit);
    lastKnown = items.at(-1)?.id ?? lastKnown;
    moreKnown = more && items.length > 0;
    known.push(...items);
    return items;
  }

  /** The nearest one above that is not on the screen. */
  function next(): Snapshot | undefined {
    const shown = new Set([current(), ...segments.map((segment) => segment.snapshot.id)]);
    known = known.filter((snapshot) => !shown.has(snapshot.id));
    return known[0];
  }

  async function step(): Promise<void> {
    const id = current();
    if (id && currentHasMore()) {
      await connection.history(id, {
        before: connection.state.conversations[id]?.oldest ?? 1,
        limit: PAGE,
      });
      return;
    }
    const top = segments[0];
    if (top?.more) {
      const before = top.entries[0]?.seq ?? 1;
      const { entries, more } = await api.entries(top.snapshot.id, { before, limit: PAGE });
      const whole = { ...top, entries: [...entries, ...top.entries], more };
      segments = [whole, ...segments.slice(1)];
      return;
    }
    if (!next() && moreKnown) await list(10);
    const snapshot = next();
    if (!snapshot) return;
    const range = { before: snapshot.head + 1, limit: PAGE };
    const { entries, more } = await api.entries(snapshot.id, range);
    segments = [{ snapshot, entries, more }, ...segments];
  }

  return {
    list,
    get segments() {
      // what became current meanwhile (another tab reopened it) is not shown twice
      return segments.filter((segment) => segment.snapshot.id !== current());
    },
    get more() {
      return currentHasMore() || segments[0]?.more === true || next() !== undefined || moreKnown;
    },
    get loading() {
      return loading;
    },
    get failed() {
      return failed;
    },
    /** A conversation that ended and was replaced by a new one stays above it. */
    retire(snapshot: Snapshot, entries: readonly Entry[]): void {
      segments = [...segments, { snapshot, entries, more: (entries[0]?.seq ?? 1) > 1 }];
    },
    async load(): Promise<void> {
      if (loading) return;
      loading = true;
      failed = false;
      options.changed();
      try {
        await step();
      } catch {
        failed = true;
      }
      loading = false;
      options.changed();
    },
  };
}

export type Earlier = ReturnType<typeof createEarlier>;
