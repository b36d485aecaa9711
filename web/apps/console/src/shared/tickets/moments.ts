import { fieldOf } from "../format/moments.ts";

const DAY = 86_400_000;

/** A moment as a field of date and time has it, in the time of the place; empty for none. */
export function toField(at: number | null): string {
  return at === null ? "" : fieldOf(at);
}

/** What such a field says; null for nothing and for what is no moment. */
export function fromField(text: string): number | null {
  const at = text ? new Date(text).getTime() : Number.NaN;
  return Number.isFinite(at) && at >= 0 ? at : null;
}

/** How a due time looks: late when it is over, soon within a day; what is solved is neither. */
export function urgency(
  { due_at, state }: { readonly due_at: number | null; readonly state: string },
  now: number,
): "late" | "soon" | undefined {
  if (due_at === null || state === "solved" || due_at - now > DAY) return undefined;
  return due_at < now ? "late" : "soon";
}
