const FIRST_MS = 300;
const MOST_MS = 15_000;

/** How long to wait before attempt `n` (from 0): anywhere between nothing and 0.3 s · 2^n, at most 15 s. */
export function backoff(n: number, random: () => number): number {
  return random() * Math.min(MOST_MS, FIRST_MS * 2 ** n);
}

/** How long to wait when the server named a time: never less, and up to a quarter more so that clients spread out. */
export function atLeast(seconds: number, random: () => number): number {
  return seconds * 1000 * (1 + random() / 4);
}
