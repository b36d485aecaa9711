import type { ClientIds } from "./client-id.ts";
import type { Doing, Entry, HelloFrame, HistoryRange, OutgoingBody, Snapshot } from "./frames.ts";
import type { OutboxStore, PendingMessage } from "./outbox.ts";
import type { ServerFrameKind, ServerFrameOf } from "./server-frames.ts";
import type { RealtimeState } from "./state.ts";
import type { ConnectionStatus } from "./status.ts";

export interface Token {
  readonly token: string;
  /** By the server's clock. */
  readonly expires_at: number;
}

export interface ConnectionOptions {
  /** The address of the Frontdesk server. */
  readonly url: string;
  /**
   * Fetches a fresh token. Called for the first connection, before the old one expires and after it was refused, never
   * merely because a connection was lost. Rejecting with `{final: true}` stops the connection; any other failure is retried.
   */
  token(): Promise<Token>;
  readonly outbox: OutboxStore;
  /** Different for every tab: a second connection with the same id replaces the first. */
  readonly device: string;
  readonly client?: NonNullable<HelloFrame["client"]>;
  /** Who names messages in this tab; to be given where messages are written before there is a connection. */
  readonly ids?: ClientIds;
  readonly now?: () => number;
  readonly random?: () => number;
  readonly WebSocket?: new (url: string, protocol: string) => WebSocket;
  readonly fetch?: typeof fetch;
  readonly online?: () => boolean;
  /**
   * Subscribes to the moments at which trying at once is worthwhile; returns how to unsubscribe. By default: the network
   * came back, or the page became visible.
   */
  readonly wake?: (again: () => void) => () => void;
}

/** When a message was written, and the name that one of `ids` gave it then. */
export type Written = Pick<PendingMessage, "client_id" | "created_at">;

export interface HistoryResult {
  readonly entries: readonly Entry[];
  /** Whether there is more in the asked direction. */
  readonly more: boolean;
}

/** One tab's line to the server. Every promise rejects with a `RealtimeError` that carries the reason in the wire's terms. */
export interface Connection {
  /** Begins, also after it had stopped. A second call does nothing. */
  start(): void;
  /** Ends it. What is pending stays in the outbox. */
  stop(): void;
  /** Tries at once instead of waiting, also from `stopped`. */
  reconnectNow(): void;
  readonly state: RealtimeState;
  readonly status: ConnectionStatus;
  /** In the order of writing; to be shown after the entries. Keeps its order over reconnects and reloads. */
  readonly pending: readonly PendingMessage[];
  /** The server's clock; what `state` calls a time is compared with this. */
  now(): number;
  /** Calls once after each turn in which `state`, `status` or `pending` changed. */
  subscribe(listener: () => void): () => void;
  /** Calls after `state` took the frame in. Repeats that changed nothing are not announced. */
  on<K extends ServerFrameKind>(kind: K, listener: (frame: ServerFrameOf<K>) => void): () => void;
  /**
   * Is stored before it is sent and repeated under the same id until the server confirms or refuses it. Messages of one
   * conversation are confirmed in the order of their sending; a refused one stays behind as `failed` and holds up nothing.
   * `written`: the message has its name already. Sending it again, from this tab or another, sends it once.
   */
  send(conversation: string, body: OutgoingBody, written?: Written): PendingMessage;
  /** Queues a failed message again; it goes before those written after it that are still waiting. */
  retry(client_id: string): void;
  /** Forgets a message that is not confirmed. One that is just being sent may still arrive. */
  discard(client_id: string): void;
  recall(conversation: string, seq: number): Promise<void>;
  /** What was fetched is also taken into `state` where it adjoins what is held. */
  history(conversation: string, range: HistoryRange): Promise<HistoryResult>;
  /** Marks everything up to `seq` as seen; only ever moves forward, is repeated after an interruption. */
  read(conversation: string, seq: number): void;
  /** Shows the other side what is being written; "" ends it. Throttled, and lost without consequence. */
  typing(conversation: string, text: string): void;
  /** Tells colleagues who look at it too. Lost without consequence, so it is said anew from time to time. */
  look(conversation: string, doing: Doing): void;
  /** Whether the page is in sight: who has none in sight is told by push. Said anew after each interruption. */
  visible(visible: boolean): void;
  /** Takes the result of an HTTP call into `state`. What is newer there stays. */
  adopt(snapshot: Snapshot, entries: readonly Entry[]): void;
}
