import type { Me } from "@frontdesk/api";
import type { Snapshot } from "@frontdesk/realtime";
import { isHere } from "../../../shared/live/here.ts";
import { can } from "../../../shared/session/permissions.ts";

export type Blocked = "closed" | "waiting" | "bot" | "other" | "offline" | "role";

/** Why this person cannot answer here right now; null if nothing is in the way. Notes are asked for separately. */
export function blocked(me: Me, snapshot: Snapshot, status: string): Blocked | null {
  if (snapshot.state === "closed") return "closed";
  if (!can(me, "conversation.write_own")) return "role";
  if (snapshot.state === "waiting") return "waiting";
  if (snapshot.state === "bot") return "bot";
  if (!isHere(me, snapshot)) return "other";
  return status === "offline" ? "offline" : null;
}
