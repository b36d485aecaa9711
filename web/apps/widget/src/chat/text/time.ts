import type { Language, Translate } from "../i18n/i18n.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: Language, name: string, options: Intl.DateTimeFormatOptions) {
  const key = `${language} ${name}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(language, options);
  formats.set(key, known);
  return known;
}

export function clock(at: number, language: Language): string {
  return format(language, "clock", {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(at);
}

/** Midnight of the local day: two times belong to the same day when this is equal. */
export function dayStart(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** Told from `now`; from the end of time (a file, which is read whenever) it has its year. */
export function day(at: number, now: number, t: Translate): string {
  const days = Math.round((dayStart(now) - dayStart(at)) / 86_400_000);
  if (days === 0) return t("day.today");
  if (days === 1) return t("day.yesterday");
  if (days > 1 && days < 7) {
    return format(t.language, "weekday", { weekday: "long" }).format(at);
  }
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return sameYear
    ? format(t.language, "date", { month: "long", day: "numeric" }).format(at)
    : format(t.language, "year", { year: "numeric", month: "long", day: "numeric" }).format(at);
}

/** When somebody is there again, in the visitor's own time: a day that is near has its name. */
export function opening(at: number, now: number, t: Translate): string {
  const time = clock(at, t.language);
  const days = Math.round((dayStart(at) - dayStart(now)) / 86_400_000);
  if (days === 0) return t("opens.today", { time });
  if (days === 1) return t("opens.tomorrow", { time });
  const day = format(t.language, "opens", { weekday: "long", month: "long", day: "numeric" });
  return t("opens.day", { day: day.format(at), time });
}

/** A length in milliseconds as a player tells it: 0:07, 1:30. */
export function span(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** In words as exact as the estimate deserves; null when there is none. */
export function wait(seconds: number | null, t: Translate): string | null {
  if (seconds === null || !Number.isFinite(seconds) || seconds < 0) return null;
  if (seconds < 60) return t("queue.soon");
  const minutes = Math.ceil(seconds / 60);
  return minutes > 30 ? t("queue.long") : t.count("queue.minutes", minutes);
}

export function size(bytes: number, t: Translate): string {
  if (bytes < 1000) return t("size.bytes", { count: bytes });
  if (bytes < 1_000_000) return t("size.kb", { count: Math.round(bytes / 1000) });
  return t("size.mb", { count: (bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0) });
}
