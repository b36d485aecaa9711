import type { ConversationState, Owed } from "@frontdesk/realtime";
import { hasWoken } from "../../shared/live/snoozing.ts";
import { waitingSince } from "../../shared/live/unanswered.ts";

const lastAt = ({ snapshot }: ConversationState) => snapshot.last_message?.at ?? snapshot.opened_at;

type Pinned = (conversation: string) => boolean;
type AllOwed = Readonly<Record<string, Owed>>;

/** When the promised time ends, or ended, where the server has warned of it; null where there is time enough. */
function pressing({ snapshot }: ConversationState, owed: AllOwed): number | null {
  const due = owed[snapshot.id]?.due[0];
  return due && due.standing !== "running" ? due.due_at : null;
}

function rank(conversation: ConversationState, pinned: Pinned): -1 | 0 | 1 | 2 | 3 {
  const { id, state } = conversation.snapshot;
  if (state === "closed") return 3;
  if (hasWoken(conversation.snapshot)) return -1;
  if (waitingSince(conversation) !== null) return 0;
  return pinned(id) ? 1 : 2;
}

/**
 * Where a promised time ends soon, or is over, the earliest comes first. Then what has just woken, then who has waited
 * longest for an answer (the server's pages begin with them, too), and no pin moves anybody before them; then what is
 * pinned, then what happened last; what only needs a wrap-up is at the end.
 */
export const byUrgency =
  (pinned: Pinned, owed: AllOwed = {}) =>
  (a: ConversationState, b: ConversationState): number => {
    const [dueA, dueB] = [pressing(a, owed) ?? Infinity, pressing(b, owed) ?? Infinity];
    if (dueA !== dueB) return dueA - dueB;
    const [rankA, rankB] = [rank(a, pinned), rank(b, pinned)];
    if (rankA !== rankB) return rankA - rankB;
    if (rankA === 0) {
      const difference = (waitingSince(a) ?? 0) - (waitingSince(b) ?? 0);
      if (difference) return difference;
    }
    return lastAt(b) - lastAt(a) || a.snapshot.id.localeCompare(b.snapshot.id);
  };

/** What wakes next comes first. */
export function byWaking(a: ConversationState, b: ConversationState): number {
  return (a.snapshot.snoozed_until ?? 0) - (b.snapshot.snoozed_until ?? 0);
}

/** What was closed last comes first. */
export function byClosing(a: ConversationState, b: ConversationState): number {
  return (b.snapshot.closed_at ?? lastAt(b)) - (a.snapshot.closed_at ?? lastAt(a));
}
