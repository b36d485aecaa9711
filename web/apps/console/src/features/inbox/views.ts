import type { Agent, ConversationView } from "@frontdesk/api";
import type { ConversationState, Snapshot } from "@frontdesk/realtime";
import type { Narrowed } from "../../shared/api/queries.ts";
import { isAside } from "../../shared/live/snoozing.ts";

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

/** Lists of what is streamed to me anyway. */
export const isOwn = (view: ConversationView) => view === "mine" || view === "snoozed";

export function belongs(
  conversation: ConversationState,
  view: ConversationView,
  { id: me, team_ids: teams }: Pick<Agent, "id" | "team_ids">,
): boolean {
  const { state } = conversation.snapshot;
  switch (view) {
    case "mine":
      return (
        (conversation.live &&
          state === "active" &&
          takesPart(conversation.snapshot, me) &&
          !isAside(conversation.snapshot, me)) ||
        needsWrapUp(conversation, me)
      );
    case "snoozed":
      return conversation.live && isAside(conversation.snapshot, me);
    case "waiting":
      return state === "waiting";
    case "team":
      return state !== "closed" && teams.includes(conversation.snapshot.team_id ?? "");
    case "all":
      return state !== "closed";
    case "mentions":
      return true;
    case "closed":
      return state === "closed";
  }
}

/** What the header does not tell, so that only the server knows who belongs: where one was named, and tags. */
export const onlyFetched = (view: ConversationView, narrowed: Narrowed | undefined): boolean =>
  view === "mentions" || Boolean(narrowed?.tag_id);

/** Whether a header is what a saved filter looks for, as far as it tells. */
export function fits(snapshot: Snapshot, narrowed: Narrowed = {}): boolean {
  const { team_id, channel_id, agent_id } = narrowed;
  return (
    (!team_id || snapshot.team_id === team_id) &&
    (!channel_id || snapshot.channel_id === channel_id) &&
    (!agent_id || snapshot.agent?.id === agent_id)
  );
}
