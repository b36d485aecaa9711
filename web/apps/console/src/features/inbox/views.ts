import type { ConversationView } from "@frontdesk/api";
import type { ConversationState, Snapshot } from "@frontdesk/realtime";

/** Ended by somebody else while it was mine, and nobody has said yet what it was about. */
export function needsWrapUp({ snapshot, live }: ConversationState, me: string): boolean {
  const { state, agent, wrap_up, close_reason } = snapshot;
  return (
    live &&
    state === "closed" &&
    agent?.id === me &&
    wrap_up === null &&
    close_reason !== "agent" &&
    close_reason !== "erased"
  );
}

/** Whether somebody has the conversation, or joined who has it. */
export function takesPart({ agent, guests = [] }: Snapshot, me: string): boolean {
  return agent?.id === me || guests.some(({ id }) => id === me);
}

export function belongs(
  conversation: ConversationState,
  view: ConversationView,
  me: string,
): boolean {
  const { state } = conversation.snapshot;
  switch (view) {
    case "mine":
      return (
        (conversation.live && state === "active" && takesPart(conversation.snapshot, me)) ||
        needsWrapUp(conversation, me)
      );
    case "waiting":
      return state === "waiting";
    case "all":
      return state !== "closed";
    case "closed":
      return state === "closed";
  }
}
