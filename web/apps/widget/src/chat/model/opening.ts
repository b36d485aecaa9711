import { ApiError } from "./api.ts";
import type { FirstMessage, FirstMessages } from "./first.ts";

/**
 * Brings what was written before there was a conversation into one, however long the network takes.
 */
export function createOpening(options: {
  first: FirstMessages;
  /** A conversation is wanted though nothing is written yet. */
  wanted(): boolean;
  /** Something has to be said before a conversation may be opened. */
  held(): boolean;
  ensure(): Promise<string>;
  send(conversation: string, message: FirstMessage): void;
  refused(error: ApiError): void;
  changed(): void;
}) {
  let attempt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = false;

  async function run(): Promise<void> {
    options.first.handOver(await options.ensure(), options.send);
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    if (running || options.held()) return;
    if (options.first.waiting().length === 0 && !options.wanted()) return;
    running = true;
    try {
      await run();
      attempt = 0;
    } catch (error) {
      if (error instanceof ApiError && !error.passing && error.error.kind !== "unauthenticated") {
        options.refused(error);
      }
      const delay = Math.min(15_000, 500 * 2 ** attempt++) * (0.5 + Math.random() / 2);
      timer = setTimeout(() => void flush(), delay);
    } finally {
      running = false;
      options.changed();
    }
    if (attempt === 0) void flush();
  }

  return {
    flush,
    /** At once, without waiting for the next attempt. */
    now(): void {
      attempt = 0;
      void flush();
    },
  };
}
