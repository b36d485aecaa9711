import { atLeast, backoff } from "./backoff.ts";
import { failure, isPassing } from "./failure.ts";
import type { ClientFrame, WireError } from "./frames.ts";
import type { OutboxStore, PendingMessage } from "./outbox.ts";
import type { Pending } from "./pending.ts";

const ACK_MS = 10_000;

type Outcome = WireError | "confirmed" | "late" | "lost";

export interface SendingDeps {
  readonly outbox: OutboxStore;
  readonly pending: Pending;
  readonly random: () => number;
  isOnline(): boolean;
  send(frame: ClientFrame): void;
  /** An answer stayed out: the line has to prove that it lives. */
  doubt(): void;
  /** The largest frame the server takes, in bytes. */
  maxFrame(): number;
}

export interface Sending {
  /** Sends whatever is queued, in all conversations, also what another tab left behind. */
  wake(): Promise<void>;
  drain(conversation: string): void;
  /** The server, or the log, says how a message fared. Tells whether it was one under way. */
  settle(client_id: string, outcome: WireError | "confirmed"): boolean;
  /** The line is gone. A message on its way goes back to the queue, unless the server closed because of it. */
  lost(rejected: boolean): void;
}

/**
 * Empties the outbox: one message of a conversation at a time and the next only after the answer, which is what keeps the
 * order; conversations do not wait for each other. The key of a conversation is held over all tabs while it is emptied.
 */
export function sending(deps: SendingDeps): Sending {
  const { outbox, pending, random, isOnline, send, doubt, maxFrame } = deps;
  const waiting = new Map<string, (outcome: Outcome) => void>();
  const draining = new Map<string, { again: boolean }>();

  function outcomeOf(client_id: string, ms: number): Promise<Outcome> {
    return new Promise((resolve) => {
      const done = (outcome: Outcome) => {
        clearTimeout(timer);
        waiting.delete(client_id);
        resolve(outcome);
      };
      const timer = setTimeout(() => done("late"), ms);
      waiting.set(client_id, done);
    });
  }

  function fail(message: PendingMessage, error: WireError): void {
    pending.update({ ...message, state: "failed", error });
  }

  async function attempt(message: PendingMessage): Promise<Outcome> {
    const { client_id, conversation, body } = message;
    const frame = { t: "send", client_id, conversation, body } as const;
    if (new TextEncoder().encode(JSON.stringify(frame)).length > maxFrame()) {
      return failure("too_large", "frame_too_large", "The message is too long.", "Shorten it.");
    }
    pending.update({ ...message, state: "sending" });
    const outcome = outcomeOf(client_id, ACK_MS);
    send(frame);
    return outcome;
  }

  /** Works until nothing is left or the line is lost. */
  async function empty(conversation: string): Promise<void> {
    for (let refusals = 0; ; ) {
      await pending.refresh();
      const message = pending.next(conversation);
      if (!isOnline() || !message) return;
      const outcome = await attempt(message);
      if (outcome === "lost") return;
      if (outcome === "confirmed") refusals = 0;
      if (outcome === "late") doubt();
      if (typeof outcome === "string") continue;
      if (isPassing(outcome)) {
        pending.update({ ...message, state: "queued" });
        const seconds = outcome.retry_after;
        const wait =
          seconds === undefined ? 500 + backoff(refusals++, random) : atLeast(seconds, random);
        await outcomeOf(message.client_id, wait);
      } else {
        fail(message, outcome);
      }
    }
  }

  async function run(conversation: string, turn: { again: boolean }): Promise<void> {
    while (turn.again && isOnline()) {
      turn.again = false;
      await outbox.exclusive(conversation, () => empty(conversation)).catch(() => undefined);
    }
    draining.delete(conversation);
  }

  function drain(conversation: string): void {
    const turn = draining.get(conversation);
    if (turn) turn.again = true;
    else if (isOnline()) {
      const begun = { again: true };
      draining.set(conversation, begun);
      void run(conversation, begun);
    }
  }

  return {
    drain,
    async wake() {
      await pending.refresh();
      const queued = pending.list.filter(({ state }) => state !== "failed");
      for (const conversation of new Set(queued.map((message) => message.conversation))) {
        drain(conversation);
      }
    },
    settle(client_id, outcome) {
      if (outcome === "confirmed") pending.confirm(client_id);
      const done = waiting.get(client_id);
      done?.(outcome);
      return done !== undefined;
    },
    lost(rejected) {
      for (const [client_id, done] of [...waiting]) {
        const message = pending.get(client_id);
        if (message?.state === "sending") {
          const error = failure("invalid", "rejected", "The server refused the message.");
          if (rejected) fail(message, error);
          else pending.update({ ...message, state: "queued" });
        }
        done("lost");
      }
    },
  };
}
