import type {
  AgentCard,
  AgentState,
  Doing,
  Entry,
  Sender,
  Side,
  Snapshot,
  WireError,
} from "./frames.ts";

/** A promised time that runs, as it stood when the server told of it. */
export interface Due {
  readonly measure: "first_reply" | "next_reply" | "resolution";
  readonly since: number;
  readonly warns_at: number;
  readonly due_at: number;
  readonly standing: "running" | "warned" | "breached";
}

/** Every frame a server may send. A client ignores kinds it does not know. */
interface ServerFrames {
  readonly welcome: {
    readonly connection: string;
    readonly subject: { readonly kind: Side; readonly id: string };
    readonly server_time: number;
    /** Seconds. */
    readonly heartbeat: number;
    readonly limits: {
      readonly max_text: number;
      readonly max_frame: number;
      readonly max_upload: number;
    };
  };
  readonly conversation: { readonly conversation: Snapshot };
  readonly entries: { readonly conversation: string; readonly entries: readonly Entry[] };
  readonly reset: {
    readonly conversation: string;
    readonly snapshot: Snapshot;
    readonly entries: readonly Entry[];
  };
  readonly ready: unknown;
  readonly entry: { readonly conversation: string; readonly entry: Entry };
  readonly ack: {
    readonly client_id: string;
    readonly conversation: string;
    readonly id: string;
    readonly seq: number;
    readonly at: number;
    readonly entry: Entry;
  };
  readonly receipt: {
    readonly conversation: string;
    readonly side: Side;
    readonly received: number;
    readonly read: number;
  };
  readonly typing: {
    readonly conversation: string;
    readonly sender: Sender;
    readonly text: string;
  };
  /** To staff who look at it too; forgotten after 45 seconds. */
  readonly look: {
    readonly conversation: string;
    readonly agent: string;
    readonly name: string;
    readonly doing: Doing;
  };
  readonly queue: {
    readonly conversation: string;
    readonly position: number;
    readonly ahead: number;
    readonly estimate: number | null;
    readonly soonest: number | null;
    readonly latest: number | null;
    readonly callback: boolean;
    readonly team: string;
  };
  readonly offer: {
    readonly conversation: Snapshot;
    readonly expires_at: number;
    readonly reason: string;
    /** The colleague who asks one to go on with it, or to join, and what they say. */
    readonly by?: AgentCard | null;
    readonly note?: string;
  };
  readonly transfer: {
    readonly conversation: string;
    readonly to: AgentCard;
    readonly state: "asked" | "accepted" | "declined" | "expired" | "withdrawn";
    readonly expires_at: number;
    /** Why it was declined. */
    readonly reason: string;
    readonly purpose: "transfer" | "join";
  };
  readonly offer_ended: {
    readonly conversation: string;
    readonly outcome: "accepted" | "declined" | "expired" | "withdrawn";
  };
  readonly gone: { readonly conversation: string };
  readonly agent: { readonly agent: AgentState };
  readonly waiting: {
    readonly team: string;
    readonly count: number;
    readonly oldest: number | null;
    /** They wait until somebody of the team takes one. */
    readonly by_hand: boolean;
  };
  /** A visitor has waited too long for the agent's word; `since` null: it is over. */
  readonly alarm: {
    readonly conversation: string;
    readonly agent: string | null;
    readonly since: number | null;
  };
  /** What the team promised for a conversation and owes still; empty: nothing. */
  readonly due: {
    readonly conversation: string;
    readonly contact: string;
    readonly agent: string | null;
    readonly team: string | null;
    readonly due: readonly Due[];
  };
  readonly changed: { readonly topic: Topic; readonly id?: string };
  readonly draft: {
    readonly draft: {
      readonly conversation: string;
      readonly text: string;
      readonly note: boolean;
      readonly quotes: number | null;
      readonly written_at: number;
    };
    /** What the device that wrote it calls itself. */
    readonly writer: string;
  };
  readonly marks: {
    readonly marks: {
      readonly conversation: string;
      readonly pinned: boolean;
      readonly important: boolean;
    };
  };
  readonly page: {
    readonly ref: string;
    readonly conversation: string;
    readonly entries: readonly Entry[];
    /** Whether there is more in the asked direction. */
    readonly more: boolean;
  };
  readonly done: { readonly ref: string };
  readonly error: { readonly ref?: string; readonly error: WireError };
  readonly pong: unknown;
  readonly bye: {
    readonly code: number;
    readonly reason: string;
    readonly reconnect: boolean;
    /** Seconds. */
    readonly retry_after?: number;
  };
}

export type Topic =
  | "leave-messages"
  | "tickets"
  | "mentions"
  | "settings"
  | "quick-replies"
  | "teams"
  | "agents"
  | "roles"
  | "knowledge"
  | "channels"
  | "contact"
  | "contact-fields"
  | "filters"
  | "macros"
  | "desk"
  | "conversation-tags"
  | "tags"
  | "organization"
  | "wrap-up";

export type ServerFrameKind = keyof ServerFrames;
export type ServerFrameOf<K extends ServerFrameKind> = { readonly t: K } & ServerFrames[K];
export type ServerFrame = { [K in ServerFrameKind]: ServerFrameOf<K> }[ServerFrameKind];
