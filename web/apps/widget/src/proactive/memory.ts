import { keep, recall } from "../loader/memory.ts";

const NEVER = "never";

/** What a browser remembers of being spoken to. Where it may keep nothing, nobody is spoken to: no limit would hold. */
export function createMemory(channel: string, now: () => Date = () => new Date()) {
  const key = `frontdesk.proactive.${channel}`;
  const visit = `frontdesk.visit.${channel}`;
  const read = () => recall("localStorage", key);
  const write = (kept: string) => keep("localStorage", key, kept);

  /** Kept is the day of the last time, and how often it was on that day. */
  function timesToday(): number {
    const [day, times] = (read() ?? "").split("/");
    return day === now().toDateString() ? Number(times) : 0;
  }

  const known = read() !== null;
  const visited = recall("sessionStorage", visit) ?? (known ? "again" : "first");
  keep("sessionStorage", visit, visited);
  if (!known) write("");

  return {
    /** Was here in a visit before this one. */
    returning: visited === "again",
    /** Whether one may speak once more today. */
    may: (aDay: number): boolean => read() !== null && read() !== NEVER && timesToday() < aDay,
    spoke: (): void => write(`${now().toDateString()}/${timesToday() + 1}`),
    /** The visitor has put one away, or closed what opened by itself. */
    never: (): void => write(NEVER),
  };
}
