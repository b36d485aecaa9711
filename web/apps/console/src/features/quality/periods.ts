export const periods = { d7: 7, d30: 30, d90: 90, always: 0 } as const;
export type Period = keyof typeof periods;

const minute = 60_000;
const day = 86_400_000;

/** From the beginning of the minute: the question stays the same while its answer is read. */
export function since(period: Period): number | undefined {
  const span = periods[period] * day;
  return span ? Math.floor(Date.now() / minute) * minute - span : undefined;
}
