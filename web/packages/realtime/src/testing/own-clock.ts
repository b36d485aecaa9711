/** Time as the clients under test see it: it runs as fast as it is told to, so that minutes offline cost a test seconds. */
export interface OwnClock {
  /** Seconds of theirs for each of ours. */
  rate: number;
}

/** Looks like Node's own, for what of Node keeps time by it. */
interface Timer {
  due: number;
  readonly ms: number;
  readonly again: boolean;
  readonly call: () => void;
  ref(): Timer;
  unref(): Timer;
  hasRef(): boolean;
  refresh(): Timer;
}

const TICK_MS = 4;

/** Puts our clock in place of this process's, for good: `setTimeout`, `setInterval`, `Date.now` and `performance.now`. */
export function installOwnClock(rate: number): OwnClock {
  const real = { now: performance.now.bind(performance), setInterval: globalThis.setInterval };
  const began = Date.now();
  const clock = { rate };
  const timers = new Set<Timer>();
  let time = 0;
  let seen = real.now();

  function advance(): number {
    const at = real.now();
    time += (at - seen) * clock.rate;
    seen = at;
    return time;
  }

  function run(): void {
    const now = advance();
    const due = [...timers].filter((timer) => timer.due <= now);
    for (const timer of due.sort((a, b) => a.due - b.due)) {
      if (!timers.has(timer)) continue;
      if (timer.again) timer.due = now + timer.ms;
      else timers.delete(timer);
      timer.call();
    }
  }

  function plan(call: (...given: unknown[]) => void, ms: number, again: boolean, given: unknown[]) {
    const timer: Timer = {
      due: advance() + ms,
      ms,
      again,
      call: () => call(...given),
      ref: () => timer,
      unref: () => timer,
      hasRef: () => true,
      refresh() {
        timer.due = advance() + ms;
        timers.add(timer);
        return timer;
      },
    };
    timers.add(timer);
    return timer;
  }

  const put = (name: string, value: unknown) =>
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  type Call = (...given: unknown[]) => void;
  put("setTimeout", (call: Call, ms = 0, ...given: unknown[]) => plan(call, ms, false, given));
  put("setInterval", (call: Call, ms = 0, ...given: unknown[]) => plan(call, ms, true, given));
  put("clearTimeout", (timer: Timer) => timers.delete(timer));
  put("clearInterval", (timer: Timer) => timers.delete(timer));
  Date.now = () => began + Math.floor(advance());
  performance.now = advance;
  real.setInterval(run, TICK_MS);
  return clock;
}
