const DAY = 86_400_000;

function startOfDay(at: number): number {
  const day = new Date(at);
  day.setHours(0, 0, 0, 0);
  return day.getTime();
}

/** How many midnights lie between two moments. */
export function daysBetween(earlier: number, later: number): number {
  return Math.round((startOfDay(later) - startOfDay(earlier)) / DAY);
}

const formats = new Map<string, Intl.DateTimeFormat>();
function format(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  let held = formats.get(key);
  if (!held) {
    held = new Intl.DateTimeFormat(language, options);
    formats.set(key, held);
  }
  return held;
}

/** A length in milliseconds as a player tells it: 0:07, 1:30. */
export function playTime(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

export function clockTime(at: number, language: string): string {
  return format(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
}

export function fullTime(at: number, language: string): string {
  return format(language, {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(at);
}

/** Date and time, the year only where it is another one. */
export function dateTime(at: number, now: number, language: string): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  if (!sameYear) return fullTime(at, language);
  return format(language, {
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(at);
}

export function dayName(
  at: number,
  now: number,
  language: string,
  words: { today: string; yesterday: string },
): string {
  const days = daysBetween(at, now);
  if (days === 0) return words.today;
  if (days === 1) return words.yesterday;
  if (days > 1 && days < 7) return format(language, { weekday: "long" }).format(at);
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const year = sameYear ? {} : ({ year: "numeric" } as const);
  return format(language, { ...year, month: "long", day: "numeric" }).format(at);
}

/** Short enough for a list: the time today, the weekday this week, the date before. */
export function listTime(at: number, now: number, language: string, yesterday: string): string {
  const days = daysBetween(at, now);
  if (days <= 0) return clockTime(at, language);
  if (days === 1) return yesterday;
  if (days < 7) return format(language, { weekday: "short" }).format(at);
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return format(
    language,
    sameYear
      ? { month: "numeric", day: "numeric" }
      : { year: "numeric", month: "numeric", day: "numeric" },
  ).format(at);
}

/** m:ss, then h:mm:ss. */
export function elapsed(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  if (hours) return `${hours}:${two(minutes)}:${two(seconds % 60)}`;
  return `${minutes}:${two(seconds % 60)}`;
}

const lengths = new Map<string, Intl.NumberFormat>();
function lengthOf(language: string, unit: string, unitDisplay: "short" | "long") {
  const key = `${language} ${unit} ${unitDisplay}`;
  let held = lengths.get(key);
  if (!held) {
    held = new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay });
    lengths.set(key, held);
  }
  return held;
}

/** A setting's length of time in the largest unit that says it exactly. */
export function exactSpan(seconds: number, language: string): string {
  const [value, unit] =
    seconds === 0 || seconds % 60
      ? [seconds, "second"]
      : seconds % 3600
        ? [seconds / 60, "minute"]
        : [seconds / 3600, "hour"];
  return lengthOf(language, unit, "long").format(value);
}

/** In the largest fitting unit: "4 min", "2 h", "3 d". */
export function span(milliseconds: number, language: string): string {
  const minutes = Math.max(0, Math.round(milliseconds / 60_000));
  const [value, unit] =
    minutes < 60
      ? [minutes, "minute"]
      : minutes < 1440
        ? [Math.round(minutes / 60), "hour"]
        : [Math.round(minutes / 1440), "day"];
  return lengthOf(language, unit, "short").format(value);
}
