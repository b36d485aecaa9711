import { type ConversationState, type LastMessage, preview } from "@frontdesk/realtime";

/** What a list shows of a conversation: an automatic answer must not hide what the customer asked. */
export function lastSaid({ snapshot, entries }: ConversationState): LastMessage | null {
  const last = snapshot.last_message;
  if (last?.sender.kind !== "system") return last;
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    const entry = entries[index];
    if (entry?.kind !== "message" || entry.recalled || entry.sender.kind !== "visitor") continue;
    const { seq, sender, at, body } = entry;
    return { seq, sender, at, type: body.type, preview: preview(body) };
  }
  return last;
}
