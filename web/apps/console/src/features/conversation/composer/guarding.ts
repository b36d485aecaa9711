import type { Entry } from "@frontdesk/realtime";

export interface Answer {
  readonly seq: number;
  readonly name: string;
}

/** What a colleague has answered behind `since`: the last of it. */
export function answeredSince(entries: readonly Entry[], since: number, me: string): Answer | null {
  const last = entries.findLast(
    ({ kind, seq, sender }) =>
      kind === "message" && seq > since && sender.kind === "agent" && sender.id !== me,
  );
  return last ? { seq: last.seq, name: last.sender.name ?? "" } : null;
}
