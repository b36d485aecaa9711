import { isPassing, RealtimeError } from "./failure.ts";
import type { HistoryRange, ServerFrameOf } from "./frames.ts";

const PAUSE_MS = 500;
const PAGE = 100;

export type EntryFrame = ServerFrameOf<"entry"> | ServerFrameOf<"ack">;

export interface RepairDeps {
  /** The seq up to which nothing is missing, and the seq the server is known to have reached. */
  position(conversation: string): { last: number; head: number };
  /** Fetches a page and takes it into the state before it resolves. */
  history(conversation: string, range: HistoryRange): Promise<unknown>;
  /** Takes in a frame that had to wait. */
  apply(frame: EntryFrame): void;
}

export interface Repair {
  /** Keeps an entry whose predecessors are missing, and fetches them. */
  hold(frame: EntryFrame): void;
  /** Fetches what is missing, if anything is. */
  check(conversation: string): void;
  /** Forgets what waits; after the line was lost, resuming by heads brings it again. */
  lost(): void;
}

/** Closes gaps: asks for what comes after the last entry held until nothing is missing, and only then lets go of what waited. */
export function repair({ position, history, apply }: RepairDeps): Repair {
  let waiting = new Map<string, EntryFrame[]>();
  let running = new Set<string>();

  function release(conversation: string): void {
    const frames = waiting.get(conversation) ?? [];
    while (frames[0] && frames[0].entry.seq <= position(conversation).last + 1) {
      const frame = frames.shift();
      if (frame) apply(frame);
    }
    if (!frames.length) waiting.delete(conversation);
  }

  const isMissing = (conversation: string) => {
    const { last, head } = position(conversation);
    return waiting.has(conversation) || head > last;
  };

  async function fill(conversation: string, round: Set<string>): Promise<void> {
    while (round === running && isMissing(conversation)) {
      const { last } = position(conversation);
      let wait = 0;
      try {
        await history(conversation, { after: last, limit: PAGE });
      } catch (error) {
        if (round !== running) return;
        if (!(error instanceof RealtimeError && isPassing(error.error))) {
          waiting.delete(conversation);
          return;
        }
        wait = (error.error.retry_after ?? 1) * 1000;
      }
      if (round !== running) return;
      release(conversation);
      // An answer that was read before what waits was written: give the rest a moment.
      if (position(conversation).last === last) wait = Math.max(wait, PAUSE_MS);
      if (wait) await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }

  function check(conversation: string): void {
    const round = running;
    if (round.has(conversation) || !isMissing(conversation)) return;
    round.add(conversation);
    void fill(conversation, round).finally(() => round.delete(conversation));
  }

  return {
    check,
    hold(frame) {
      const frames = waiting.get(frame.conversation) ?? [];
      if (!frames.some(({ entry }) => entry.seq === frame.entry.seq)) frames.push(frame);
      frames.sort((a, b) => a.entry.seq - b.entry.seq);
      waiting.set(frame.conversation, frames);
      check(frame.conversation);
    },
    lost() {
      waiting = new Map();
      running = new Set();
    },
  };
}
