const hour = 3_600_000;

/** What one puts aside for without choosing a date. */
export type MomentName = "hour" | "afternoon" | "tomorrow" | "monday";

export interface Moment {
  readonly name: MomentName;
  readonly at: number;
}

/** So many days from now at this hour, by the clock on the wall: a change to summer time moves nothing. */
function on(now: number, days: number, hours: number): number {
  const day = new Date(now);
  day.setDate(day.getDate() + days);
  return day.setHours(hours, 0, 0, 0);
}

/** The usual moments that still lie ahead, each once, the soonest first. */
export function momentsFrom(now: number): Moment[] {
  const weekday = new Date(now).getDay();
  const untilMonday = (8 - weekday) % 7 || 7;
  const usual: Moment[] = [
    { name: "hour", at: now + hour },
    { name: "afternoon", at: on(now, 0, 15) },
    { name: "tomorrow", at: on(now, 1, 9) },
    { name: "monday", at: on(now, untilMonday, 9) },
  ];
  return usual.filter(
    ({ name, at }) =>
      (name !== "afternoon" || at > now + hour) && (name !== "monday" || untilMonday > 1),
  );
}

/** A moment as a field for date and time has it, in the time of the place. */
export function fieldOf(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
