const most = 5;

interface Given {
  readonly weight: number;
  /** null: not given yet. */
  readonly points: number | null;
}

/** What the points given so far come to, in whole percent as the server reckons them; null before the first. */
export function percentOf(criteria: readonly Given[]): number | null {
  let got = 0;
  let possible = 0;
  for (const { weight, points } of criteria) {
    if (points === null) continue;
    got += weight * points;
    possible += weight * most;
  }
  return possible ? Math.floor((200 * got + possible) / (2 * possible)) : null;
}
