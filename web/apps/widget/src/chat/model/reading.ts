import type { ConversationState } from "@frontdesk/realtime";
import { countUnread } from "./timeline.ts";

/** What the visitor has seen: only what was on a visible screen, scrolled to its end. */
export function createReading(options: {
  read(conversation: string, seq: number): void;
  unread(count: number): void;
}) {
  const seen = new Map<string, number>();
  let reported = -1;
  let atEnd = true;
  let visible = false;

  return {
    setAtEnd(value: boolean) {
      atEnd = value;
    },
    setVisible(value: boolean) {
      visible = value;
    },
    get visible() {
      return visible;
    },
    update(held: ConversationState | null, fallback: number): number {
      let count = fallback;
      if (held) {
        const { id, head, read } = held.snapshot;
        const last = held.entries.at(-1)?.seq ?? 0;
        let mark = Math.max(read.visitor, seen.get(id) ?? 0);
        if (visible && atEnd && last > mark && last >= head) {
          seen.set(id, last);
          options.read(id, last);
          mark = last;
        }
        count = countUnread(held.entries, mark);
      } else if (visible) count = 0;
      if (count !== reported) options.unread(count);
      reported = count;
      return count;
    },
  };
}
