import type { Me } from "@frontdesk/api";
import type { Snapshot } from "@frontdesk/realtime";

/** Whether this person is in the conversation, as its agent or as a guest. */
export const isHere = (me: Me, { agent, guests }: Pick<Snapshot, "agent" | "guests">) =>
  [agent, ...(guests ?? [])].some((each) => each?.id === me.agent.id);
