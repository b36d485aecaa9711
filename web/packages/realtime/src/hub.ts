import type { ServerFrame } from "./frames.ts";
import type { ServerFrameKind, ServerFrameOf } from "./server-frames.ts";

/** Tells the screens: of changes once per turn, of frames one by one. */
export interface Hub {
  changed(): void;
  announce(frame: ServerFrame): void;
  subscribe(listener: () => void): () => void;
  on<K extends ServerFrameKind>(kind: K, listener: (frame: ServerFrameOf<K>) => void): () => void;
}

export function hub(): Hub {
  const listeners = new Set<() => void>();
  const byKind = new Map<string, Set<(frame: ServerFrame) => void>>();
  let planned = false;

  /** A listener that throws must not keep the others, or the connection, from going on. */
  function call(listener: () => void): void {
    try {
      listener();
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  }

  return {
    changed() {
      if (planned) return;
      planned = true;
      queueMicrotask(() => {
        planned = false;
        for (const listener of [...listeners]) call(listener);
      });
    },
    announce(frame) {
      for (const listener of [...(byKind.get(frame.t) ?? [])]) call(() => listener(frame));
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    on<K extends ServerFrameKind>(kind: K, listener: (frame: ServerFrameOf<K>) => void) {
      const set = byKind.get(kind) ?? new Set();
      byKind.set(kind, set);
      // Only frames of this kind are announced to this set.
      const held = listener as (frame: ServerFrame) => void;
      set.add(held);
      return () => set.delete(held);
    },
  };
}
