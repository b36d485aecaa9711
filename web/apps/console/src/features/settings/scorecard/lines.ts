import type { Criterion } from "@frontdesk/api";

export const most = 12;

/** A criterion while it is edited; `key` stays while its name changes. */
export interface Line extends Criterion {
  readonly key: number;
}

let made = 0;

export const linesOf = (criteria: readonly Criterion[]): readonly Line[] =>
  criteria.map(({ name, weight }) => ({ name, weight, key: made++ }));

/** The same lines with one of them some places further down, or up. */
export function moved(lines: readonly Line[], place: number, by: number): readonly Line[] {
  const line = lines[place];
  if (!line) return lines;
  const others = lines.filter((_, index) => index !== place);
  return [...others.slice(0, place + by), line, ...others.slice(place + by)];
}

/** Why they cannot be kept; null when they can. */
export function problemOf(lines: readonly Line[]): "empty" | "twice" | null {
  const names = lines.map(({ name }) => name.trim().toLowerCase());
  if (names.length === 0 || names.includes("")) return "empty";
  return new Set(names).size < names.length ? "twice" : null;
}

export const bodyOf = (version: number, lines: readonly Line[]) => ({
  version,
  criteria: lines.map(({ name, weight }) => ({ name: name.trim(), weight })),
});
