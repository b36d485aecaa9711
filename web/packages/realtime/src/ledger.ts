import type { Entry, ServerFrame, Side, Snapshot } from "./frames.ts";
import { lastSeq, mergePage } from "./log.ts";
import { expire, nextExpiry, reduce, takeSnapshot } from "./reduce.ts";
import { emptyState, type RealtimeState } from "./state.ts";

export interface Subject {
  readonly kind: Side;
  readonly id: string;
}

export interface Ledger {
  readonly state: RealtimeState;
  /** Takes a frame in; tells whether it changed anything. */
  apply(frame: ServerFrame): boolean;
  adopt(snapshot: Snapshot, entries: readonly Entry[], subject: Subject | undefined): void;
  /** Up to where nothing is missing, for every conversation the server streams to us. */
  heads(): Record<string, number>;
  /** The same for one, beside how far the server is known to have come. */
  position(conversation: string): { last: number; head: number };
  stop(): void;
}

/** Whether the server will stream a conversation that came over HTTP, as long as it has not said so itself. */
function isOurs(header: Snapshot, subject: Subject | undefined): boolean {
  const { state, agent, guests = [] } = header;
  if (state === "closed") return false;
  return subject?.kind !== "agent" || [agent, ...guests].some((each) => each?.id === subject.id);
}

/** The one holder of the state: every change goes through it, and what has had its time disappears by itself. */
export function ledger(now: () => number, changed: () => void): Ledger {
  let state = emptyState;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function become(next: RealtimeState): boolean {
    if (next === state) return false;
    state = next;
    clearTimeout(timer);
    const at = nextExpiry(state);
    if (at !== null) {
      timer = setTimeout(
        () => become(expire(state, now())),
        Math.min(Math.max(at - now(), 0), 60_000),
      );
    }
    changed();
    return true;
  }

  return {
    get state() {
      return state;
    },
    apply: (frame) => become(reduce(state, frame, now())),
    adopt(snapshot, entries, subject) {
      const { id } = snapshot;
      const live = state.conversations[id]?.live || isOurs(snapshot, subject);
      const next = takeSnapshot(state, snapshot, live);
      const held = next.conversations[id];
      if (!held) return;
      const conversations = { ...next.conversations, [id]: mergePage(held, entries) };
      const { [id]: _, ...unnamed } = next.unnamed;
      become({ ...next, conversations, unnamed });
    },
    heads() {
      const known = Object.entries(state.conversations).filter(
        ([, held]) => held.live && held.entries.length,
      );
      return Object.fromEntries(known.map(([id, held]) => [id, lastSeq(held)]));
    },
    position(conversation) {
      const held = state.conversations[conversation];
      return held ? { last: lastSeq(held), head: held.snapshot.head } : { last: 0, head: 0 };
    },
    stop: () => clearTimeout(timer),
  };
}
