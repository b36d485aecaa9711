import type { ConversationState } from "@frontdesk/realtime";
import { waitingSince } from "../../shared/live/unanswered.ts";

const lastAt = ({ snapshot }: ConversationState) => snapshot.last_message?.at ?? snapshot.opened_at;

function rank(conversation: ConversationState): 0 | 1 | 2 {
  if (conversation.snapshot.state === "closed") return 2;
  return waitingSince(conversation) === null ? 1 : 0;
}

/** Who has waited longest for an answer comes first; then what happened last; what only needs a wrap-up is at the end. */
export function byUrgency(a: ConversationState, b: ConversationState): number {
  const [rankA, rankB] = [rank(a), rank(b)];
  if (rankA !== rankB) return rankA - rankB;
  if (rankA === 0) {
    const difference = (waitingSince(a) ?? 0) - (waitingSince(b) ?? 0);
    if (difference) return difference;
  }
  return lastAt(b) - lastAt(a) || a.snapshot.id.localeCompare(b.snapshot.id);
}

/** What was closed last comes first. */
export function byClosing(a: ConversationState, b: ConversationState): number {
  return (b.snapshot.closed_at ?? lastAt(b)) - (a.snapshot.closed_at ?? lastAt(a));
}
