import type { Snapshot } from "@frontdesk/realtime";

/** Whether it woke and its agent has not looked at it since. */
export function hasWoken({ woken_seq, read }: Snapshot): boolean {
  return woken_seq !== undefined && read.agent < woken_seq;
}

/** Whether somebody has put their own conversation aside. */
export function isAside({ snoozed_until, agent }: Snapshot, me: string): boolean {
  return snoozed_until !== undefined && agent?.id === me;
}
