import type { Trigger } from "../loader/look.ts";
import { onTurn } from "../loader/turns.ts";

/** How a visit stands. */
export interface Visit {
  page: string;
  referrer: string;
  /** On this page, while it was looked at. */
  seconds: number;
  /** How much of the page was seen, in percent. */
  scroll: number;
  returning: boolean;
}

/** Everything that a trigger names holds; what it leaves empty does not count. */
export function holds(trigger: Trigger, visit: Visit): boolean {
  return (
    visit.page.includes(trigger.page) &&
    visit.referrer.includes(trigger.referrer) &&
    visit.seconds >= trigger.seconds &&
    visit.scroll >= trigger.scroll &&
    (visit.returning || !trigger.returning)
  );
}

function seenPart(): number {
  const { scrollHeight, clientHeight, scrollTop } = document.documentElement;
  const room = scrollHeight - clientHeight;
  return room <= 0 ? 100 : (scrollTop / room) * 100;
}

/** Calls with each trigger whose time has come, once, until the signal ends it. */
export function watch(
  triggers: readonly Trigger[],
  returning: boolean,
  due: (trigger: Trigger) => void,
  signal: AbortSignal,
): void {
  const left = new Set(triggers);
  let seconds = 0;
  let scroll = 0;

  function look(): void {
    const page = location.href;
    const visit = { page, referrer: document.referrer, seconds, scroll, returning };
    for (const trigger of left) {
      if (!holds(trigger, visit)) continue;
      left.delete(trigger);
      due(trigger);
      if (signal.aborted) return;
    }
  }

  const timer = setInterval(() => {
    if (document.hidden) return;
    seconds += 1;
    look();
  }, 1000);
  signal.addEventListener("abort", () => clearInterval(timer));
  const onScroll = () => {
    scroll = Math.max(scroll, seenPart());
    look();
  };
  window.addEventListener("scroll", onScroll, { signal });
  onTurn(() => {
    seconds = 0;
    scroll = 0;
    look();
  }, signal);
  look();
}
