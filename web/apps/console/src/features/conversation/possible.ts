import type { Me, Permission } from "@frontdesk/api";
import type { Snapshot } from "@frontdesk/realtime";
import { can } from "../../shared/session/permissions.ts";

export type Possible =
  | "macros"
  | "take"
  | "give"
  | "snooze"
  | "wake"
  | "transfer"
  | "colleague"
  | "invite"
  | "wrapUp"
  | "takeOver"
  | "putBack"
  | "leave"
  | "ticket"
  | "close";

/** What somebody can do with a conversation as it stands, in the order of the buttons. */
export function possible(
  me: Me,
  conversation: Pick<Snapshot, "state" | "agent" | "guests"> & Partial<Snapshot>,
): Possible[] {
  const { state, agent, guests = [], close_reason } = conversation;
  if (close_reason === "erased") return [];
  const mine = agent?.id === me.agent.id;
  const guest = guests.some(({ id }) => id === me.agent.id);
  const others = state === "active" && !mine;
  const any = can(me, "conversation.close_any");
  const wanted: readonly (readonly [Possible, boolean])[] = [
    ["macros", true],
    ["invite", mine && state === "active"],
    ["wrapUp", mine && (state === "active" || state === "closed")],
    ["wake", mine && conversation.snoozed_until !== undefined],
    ["snooze", mine && state === "active" && conversation.snoozed_until === undefined],
    ["transfer", state === "active" ? mine || any : state === "waiting" && any],
    ["colleague", mine && state === "active"],
    ["putBack", others],
    ["takeOver", others || state === "bot"],
    ["ticket", true],
    ["leave", guest],
    ["give", state === "waiting"],
    ["close", state === "active" && (mine || any)],
    ["take", state === "waiting"],
  ];
  const needs: Partial<Record<Possible, Permission>> = {
    take: "conversation.take",
    give: "conversation.supervise",
    transfer: "conversation.transfer",
    putBack: "conversation.supervise",
    takeOver: "conversation.supervise",
    ticket: "ticket.handle",
  };
  return wanted
    .filter(([what, fits]) => fits && can(me, needs[what] ?? "conversation.write_own"))
    .map(([what]) => what);
}
