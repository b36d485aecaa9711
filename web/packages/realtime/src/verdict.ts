import { atLeast, backoff } from "./backoff.ts";
import type { Ending } from "./link.ts";

/**
 * A refused token is worth one immediate new attempt, a malformed frame one new connection, and being replaced three: a
 * hello of our own may arrive late, on a line that we gave up. Then patience ends.
 */
export interface Strikes {
  /** Connections in a row that came to nothing. */
  attempts: number;
  refused: number;
  malformed: number;
  replaced: number;
}

export const noStrikes = (): Strikes => ({ attempts: 0, refused: 0, malformed: 0, replaced: 0 });

export type Verdict = { readonly stop: string } | { readonly wait: number };

const EXPIRED = 4401;
const MALFORMED = 4400;
const RESTARTING = 1012;
const SHARED_FATES: readonly number[] = [RESTARTING, 1013];
const NOT_ALLOWED = 4403;
const REPLACED = 4409;
const MOST_REPLACED = 3;
/** Codes by which the server may mean the frame that was on its way. */
const REJECTIONS: readonly number[] = [MALFORMED, 1002, 1007, 1009];

export function isRefusedToken({ code }: Ending): boolean {
  return code === EXPIRED;
}

export function isRejection({ code }: Ending): boolean {
  return REJECTIONS.includes(code);
}

/** Codes that only our server says, and which therefore show that the transport works. */
export function isServersWord(code: number): boolean {
  return code >= MALFORMED || SHARED_FATES.includes(code);
}

/** Whether to come back after an ending, and when: the protocol's close codes, line by line. Counts the strikes. */
export function judge(ending: Ending, strikes: Strikes, random: () => number): Verdict {
  const { code, reason, reconnect, retryAfter } = ending;
  if (code === REPLACED && ++strikes.replaced > MOST_REPLACED) return { stop: reason };
  if (code === NOT_ALLOWED || (!reconnect && code !== REPLACED)) return { stop: reason };
  if (code === MALFORMED && ++strikes.malformed > 1) return { stop: reason };
  const n = strikes.attempts++;
  if (retryAfter !== undefined) return { wait: atLeast(retryAfter, random) };
  if (code === EXPIRED && ++strikes.refused === 1) return { wait: 0 };
  if (code === 4429) return { wait: atLeast(5, random) };
  // All clients of a server lose it in the same moment; they must not return in the same moment.
  return { wait: backoff(SHARED_FATES.includes(code) ? Math.max(n, 4) : n, random) };
}
