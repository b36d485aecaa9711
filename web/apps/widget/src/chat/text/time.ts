import type { Language, Translate } from "../i18n/i18n.ts";

/** The seconds between which a wait most likely ends; null, or absent, when there is nothing to estimate from. */
export interface Estimated {
  readonly soonest?: number | null;
  readonly latest?: number | null;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: Language, name: string, options: Intl.DateTimeFormatOptions) {
  const key = `${language} ${name}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(`${language}-u-nu-latn`, options);
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
export function wait({ soonest, latest }: Estimated, t: Translate): string | null {
  if (typeof soonest !== "number" || typeof latest !== "number") return null;
  const from = Math.floor(soonest / 60);
  const to = Math.max(1, Math.ceil(latest / 60));
  if (from >= 30) return t("queue.long");
  if (to === 1) return t("queue.soon");
  if (from === 0) return t("queue.within", { to });
  return t("queue.between", { from, to });
}

export function size(bytes: number, t: Translate): string {
  if (bytes < 1000) return t("size.bytes", { count: bytes });
  if (bytes < 1_000_000) return t("size.kb", { count: Math.round(bytes / 1000) });
  return t("size.mb", { count: (bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0) });
}
