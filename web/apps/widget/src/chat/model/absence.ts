import type { Translate } from "../i18n/i18n.ts";
import { opening } from "../text/time.ts";

/** Why nobody can be reached now; `opens_at` is when a team that is closed opens again. */
export interface Absence {
  why: "closed" | "nobody" | "full";
  opens_at: number | null;
}

/** In one sentence, with a promise only where there is one. */
export function told(absence: Absence | null, now: number, t: Translate): string {
  if (absence?.opens_at) return t("absence.closed", { when: opening(absence.opens_at, now, t) });
  return t(absence?.why === "full" ? "absence.full" : "absence.nobody");
}
