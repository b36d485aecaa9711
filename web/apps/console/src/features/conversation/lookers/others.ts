import type { Doing } from "@frontdesk/realtime";

export interface Other {
  readonly name: string;
  readonly doing: Exclude<Doing, "nothing">;
  readonly until: number;
}
export type Others = ReadonlyMap<string, Other>;

/** How long somebody who says nothing more counts as looking, and how often one says it oneself. */
export const life = 45_000;
export const pace = 20_000;

/** What a colleague does from now on; forgotten by itself when it is not said anew. */
export function heard(
  others: Others,
  said: { readonly agent: string; readonly name: string; readonly doing: Doing },
  now: number,
): Others {
  const next = new Map(others);
  if (said.doing === "nothing") next.delete(said.agent);
  else next.set(said.agent, { name: said.name, doing: said.doing, until: now + life });
  return next;
}

/** The same without those who have not been heard of for too long. */
export function alive(others: Others, now: number): Others {
  const left = [...others].filter(([, { until }]) => until > now);
  return left.length === others.size ? others : new Map(left);
}
