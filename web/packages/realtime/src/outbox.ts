import type { OutgoingBody, WireError } from "./frames.ts";

/** A message the visitor or agent has sent and the server has not confirmed. */
export interface PendingMessage {
  /** Made once and kept over every retry and reload, so that the server can recognise a repeat. Sorts by creation. */
  readonly client_id: string;
  readonly conversation: string;
  readonly body: OutgoingBody;
  readonly created_at: number;
  readonly state: "queued" | "sending" | "failed";
  /** Why it failed for good. */
  readonly error?: WireError;
}

/**
 * Where unconfirmed messages survive a reload. One store belongs to one person: its name must contain who that is.
 *
 * Guarantees: `put` and `remove` have happened when their promise resolves, and are seen by every tab's next `all`. A store
 * that survives a reload does so from the turn in which `put` is called.
 * `exclusive` never runs two works with the same key at once, over all tabs, and lets go of the key when a tab dies;
 * where the browser offers no locks it runs the work at once, and the server's recognition of repeats keeps messages single.
 */
export interface OutboxStore {
  all(): Promise<PendingMessage[]>;
  put(message: PendingMessage): Promise<void>;
  remove(client_id: string): Promise<void>;
  exclusive(key: string, work: () => Promise<void>): Promise<void>;
}
