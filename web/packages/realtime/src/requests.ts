import { failure, RealtimeError } from "./failure.ts";
import type { ServerFrameOf, WireError } from "./frames.ts";

const TIMEOUT_MS = 15_000;

export type Answer = ServerFrameOf<"page"> | ServerFrameOf<"done">;

/** Questions under way, by their `ref`. Each is settled exactly once: by an answer, by an error or by losing the line. */
export function requests() {
  const open = new Map<string, (outcome: Answer | WireError) => void>();
  let count = 0;

  function settle(ref: string, outcome: Answer | WireError): boolean {
    const settled = open.get(ref);
    open.delete(ref);
    settled?.(outcome);
    return settled !== undefined;
  }

  return {
    settle,
    ask(send: (ref: string) => void): Promise<Answer> {
      const ref = `r${++count}`;
      return new Promise((resolve, reject) => {
        const late = failure("unavailable", "timeout", "The server did not answer in time.");
        const timer = setTimeout(() => settle(ref, late), TIMEOUT_MS);
        open.set(ref, (outcome) => {
          clearTimeout(timer);
          if ("t" in outcome) resolve(outcome);
          else reject(new RealtimeError(outcome));
        });
        send(ref);
      });
    },
    lost(): void {
      const error = failure("unavailable", "disconnected", "The connection was lost.");
      for (const ref of [...open.keys()]) settle(ref, error);
    },
  };
}
