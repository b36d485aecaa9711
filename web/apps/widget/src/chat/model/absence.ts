import type { Entry } from "@frontdesk/realtime";
import type { Translate } from "../i18n/i18n.ts";
import { opening } from "../text/time.ts";
import type { Look } from "./look.ts";

/** Why nobody can be reached now; `opens_at` is when a team that is closed opens again. */
export interface Absence {
  why: "closed" | "nobody" | "full";
  opens_at: number | null;
  instead: "bot" | "leave_message";
}

/** Whether the visitor's wait has ended with the offer to leave a message, and they have said nothing since. */
export function endsInMessage(entries: readonly Entry[]): boolean {
  const last = entries.findLast(
    (entry) =>
      entry.kind === "unqueued" || (entry.kind === "message" && entry.sender.kind === "visitor"),
  );
  return last?.kind === "unqueued" && last.body.instead === "leave_message";
}

/** A channel whose team is closed, before anybody was asked for. */
export function closedOf(look: Look | null): Absence | null {
  const opens_at = look?.opens_at;
  return opens_at ? { why: "closed", opens_at, instead: "leave_message" } : null;
}

/** In one sentence, with a promise only where there is one. */
export function told(absence: Absence | null, now: number, t: Translate): string {
  if (absence?.opens_at) return t("absence.closed", { when: opening(absence.opens_at, now, t) });
  return t(absence?.why === "full" ? "absence.full" : "absence.nobody");
}
