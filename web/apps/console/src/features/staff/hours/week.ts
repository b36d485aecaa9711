import type { Hours } from "@frontdesk/api";

export type Day = Hours["week"][number];
export type Span = Day[number];

const working: Day = [{ opens: "09:00", closes: "18:00" }];
const minutes = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

export const usual = (zone: string): Hours => ({
  time_zone: zone,
  week: [working, working, working, working, working, [], []],
  holidays: [],
});

/** A field of a browser ends at 23:59: midnight at the end of a day is written as 00:00 there. */
export const shownEnd = (closes: string) => (closes === "24:00" ? "00:00" : closes);
export const storedEnd = (shown: string) => (shown === "00:00" ? "24:00" : shown);

/** The spans of a day are whole, end after they begin, and do not overlap. */
export function makesSense(day: Day): boolean {
  const ordered = [...day].sort((a, b) => a.opens.localeCompare(b.opens));
  return ordered.every(
    ({ opens, closes }, at) =>
      opens !== "" &&
      closes !== "" &&
      minutes(opens) < minutes(closes) &&
      (at === 0 || (ordered[at - 1] as Span).closes <= opens),
  );
}

export const isFinished = ({ week, holidays }: Hours): boolean =>
  week.every(makesSense) &&
  holidays.every(({ date, intervals }) => date !== "" && makesSense(intervals)) &&
  new Set(holidays.map(({ date }) => date)).size === holidays.length;

/** The next span of a day: an hour after the last one, where there is room for it. */
export function nextSpan(day: Day): Span {
  const last = day.at(-1);
  if (!last) return working[0] as Span;
  const begins = Math.min(minutes(last.closes) + 60, 23 * 60);
  const clock = (value: number) =>
    `${String(Math.floor(value / 60)).padStart(2, "0")}:${String(value % 60).padStart(2, "0")}`;
  return { opens: clock(begins), closes: clock(Math.min(begins + 240, 1440)) };
}

/** Monday first, as the server counts; named in the language that is read. */
export const weekdays = (language: string): readonly string[] =>
  Array.from({ length: 7 }, (_, day) =>
    new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" }).format(
      Date.UTC(2024, 0, 1 + day),
    ),
  );
