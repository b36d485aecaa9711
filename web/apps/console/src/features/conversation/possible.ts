import type { Me, Permission } from "@frontdesk/api";
import type { Snapshot } from "@frontdesk/realtime";
import { can } from "../../shared/session/permissions.ts";

export type Possible = "take" | "transfer" | "invite" | "wrapUp" | "close";

/** What somebody can do with a conversation as it stands, in the order of the buttons. */
export function possible(me: Me, { state, agent }: Pick<Snapshot, "state" | "agent">): Possible[] {
  const mine = agent?.id === me.agent.id;
  const any = can(me, "conversation.close_any");
  const wanted: readonly (readonly [Possible, boolean])[] = [
    ["invite", mine && state === "active"],
    ["wrapUp", mine && (state === "active" || state === "closed")],
    ["transfer", state === "active" ? mine || any : state === "waiting" && any],
    ["close", state === "active" && (mine || any)],
    ["take", state === "waiting"],
  ];
  const needs: Partial<Record<Possible, Permission>> = {
    take: "conversation.take",
    transfer: "conversation.transfer",
  };
  return wanted
    .filter(([what, fits]) => fits && can(me, needs[what] ?? "conversation.write_own"))
    .map(([what]) => what);
}
