import type { ClientFrame, ServerFrame, Side } from "./frames.ts";
import { lastSeq } from "./log.ts";
import type { RealtimeState } from "./state.ts";

/** Pointers leave at most this often, so a burst of entries costs one frame. */
const PACE_MS = 500;

export interface PointersDeps {
  state(): RealtimeState;
  /** Which side this client is on, once known. */
  side(): Side | undefined;
  isOnline(): boolean;
  send(frame: ClientFrame): void;
  /** Takes a frame in as if the server had sent it. */
  apply(frame: ServerFrame): void;
}

export interface Pointers {
  /** Entries arrived, or the line is up. */
  moved(): void;
  read(conversation: string, seq: number): void;
  lost(): void;
}

/** Tells the server what this device has and what its person has seen; both only move forward and survive a lost line. */
export function pointers({ state, side, isOnline, send, apply }: PointersDeps): Pointers {
  const seen = new Map<string, number>();
  const told = { received: new Map<string, number>(), read: new Map<string, number>() };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let due = false;

  function tell(t: "received" | "read", conversation: string, seq: number): void {
    if (seq <= (told[t].get(conversation) ?? 0)) return;
    told[t].set(conversation, seq);
    send({ t, conversation, seq });
  }

  function flush(): void {
    const mine = side();
    if (!mine || !isOnline()) return;
    for (const [id, held] of Object.entries(state().conversations)) {
      if (!held.live) continue;
      const have = held.entries.length ? lastSeq(held) : 0;
      if (have > held.snapshot.received[mine]) tell("received", id, have);
      tell("read", id, seen.get(id) ?? 0);
    }
  }

  function moved(): void {
    due = true;
    if (timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      if (due) rest();
    }, 0);
  }

  /** Flushes, and then keeps quiet for a while. */
  function rest(): void {
    due = false;
    flush();
    timer = setTimeout(() => {
      timer = undefined;
      if (due) rest();
    }, PACE_MS);
  }

  return {
    moved,
    read(conversation, seq) {
      const held = state().conversations[conversation];
      const mine = side();
      const reach = held ? Math.min(seq, lastSeq(held)) : 0;
      if (!held || reach <= (seen.get(conversation) ?? 0)) return;
      if (mine && reach <= held.snapshot.read[mine]) return;
      seen.set(conversation, reach);
      // At once on this screen: the count of unread messages must not wait for the server.
      if (mine) apply({ t: "receipt", conversation, side: mine, received: 0, read: reach });
      moved();
    },
    lost() {
      told.received.clear();
      told.read.clear();
    },
  };
}
