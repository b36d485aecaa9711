import type { ConnectionStatus } from "@frontdesk/realtime";

/** The state of the line in the visitor's terms. */
export type Line = "connecting" | "online" | "offline" | "waiting" | "refused";

export function lineOf(
  status: Pick<ConnectionStatus, "phase"> | null,
  online: boolean,
  wasOnline: boolean,
): Line {
  if (status?.phase === "stopped") return "refused";
  if (!online || status?.phase === "offline") return "offline";
  if (status?.phase === "online") return "online";
  if (status?.phase === "waiting" || wasOnline) return "waiting";
  return "connecting";
}
