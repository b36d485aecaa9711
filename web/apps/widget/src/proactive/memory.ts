import { keep, recall } from "../loader/memory.ts";

interface Kept {
  /** The day of the last time, and how often it was on that day. */
  day: string;
  times: number;
  /** The visitor has put one away, or closed what opened by itself. */
  never: boolean;
}

/** What a browser remembers of being spoken to. Where it may keep nothing, nobody is spoken to: no limit would hold. */
export function createMemory(channel: string, now: () => Date = () => new Date()) {
  const key = `frontdesk.proactive.${channel}`;
  const visit = `frontdesk.visit.${channel}`;
  const today = () => now().toDateString();

  function read(): Kept | null {
    try {
      const kept = JSON.parse(recall("localStorage", key) ?? "null");
      return typeof kept?.times === "number" ? kept : null;
    } catch {
      return null;
    }
  }

  const write = (kept: Kept) => keep("localStorage", key, JSON.stringify(kept));
  const known = read();
  const visited = recall("sessionStorage", visit);
  const returning = visited === null ? known !== null : visited === "again";
  if (visited === null) keep("sessionStorage", visit, returning ? "again" : "first");
  if (!known) write({ day: "", times: 0, never: false });

  return {
    /** Was here in a visit before this one. */
    returning,
    /** Whether one may speak once more today. */
    may(aDay: number): boolean {
      const kept = read();
      return kept !== null && !kept.never && (kept.day !== today() || kept.times < aDay);
    },
    spoke(): void {
      const kept = read();
      const times = kept?.day === today() ? kept.times + 1 : 1;
      write({ day: today(), times, never: kept?.never ?? false });
    },
    never(): void {
      write({ day: today(), times: read()?.times ?? 0, never: true });
    },
  };
}

export type Memory = ReturnType<typeof createMemory>;
