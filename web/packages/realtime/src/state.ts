import type { AgentCard, AgentState, Entry, Sender, Snapshot } from "./frames.ts";
import type { Due } from "./server-frames.ts";

export interface Typing {
  readonly sender: Sender;
  readonly text: string;
  /** When the preview is to disappear unless renewed. */
  readonly until: number;
}

export interface QueuePlace {
  /** 1 is next. */
  readonly position: number;
  readonly ahead: number;
  /** Seconds, or null while there is nothing to estimate from. */
  readonly estimate: number | null;
  /** Four of five waits lie between these two. */
  readonly soonest: number | null;
  readonly latest: number | null;
  /** The place is kept while the visitor is gone. */
  readonly callback: boolean;
}

/** What this client holds of one conversation. */
export interface ConversationState {
  readonly snapshot: Snapshot;
  /** Ascending and without holes; `hidden` ones are kept so that it stays so, and are never shown. */
  readonly entries: readonly Entry[];
  /** The seq of the first entry held; there is earlier history as long as it is above 1. */
  readonly oldest: number;
  readonly typing: Typing | null;
  /** The visitor's place in the queue; null whenever the conversation is not waiting. */
  readonly queue: QueuePlace | null;
  /** Whether the server streams it to this client; others are only remembered. */
  readonly live: boolean;
}

export interface Offer {
  readonly snapshot: Snapshot;
  readonly expires_at: number;
  readonly reason: string;
  readonly by: AgentCard | null;
  readonly note: string;
}

/** A colleague who has been asked to go on with a conversation of mine, or to join it, and has not answered. */
export interface Asked {
  readonly purpose: "transfer" | "join";
  readonly to: AgentCard;
  readonly expires_at: number;
}

/** A visitor who has waited too long for the agent's word. */
export interface Alarm {
  readonly agent: string | null;
  readonly since: number;
}

/** What is owed to a visitor; the most urgent first, and never nothing. */
export interface Owed {
  readonly contact: string;
  readonly agent: string | null;
  readonly team: string | null;
  readonly due: readonly [Due, ...Due[]];
}

/** Everything the server has told this client; immutable, and a part that did not change stays the same object. */
export interface RealtimeState {
  readonly conversations: Readonly<Record<string, ConversationState>>;
  readonly agents: Readonly<Record<string, AgentState>>;
  readonly waiting: Readonly<
    Record<string, { readonly count: number; readonly oldest: number | null }>
  >;
  readonly offers: Readonly<Record<string, Offer>>;
  /** By conversation. */
  readonly asked: Readonly<Record<string, Asked>>;
  /** By conversation. */
  readonly alarms: Readonly<Record<string, Alarm>>;
  /** By conversation. */
  readonly owed: Readonly<Record<string, Owed>>;
  /** Between `welcome` and `ready`: the live conversations that the server has not named yet. */
  readonly unnamed: Readonly<Record<string, true>>;
}

export const emptyState: RealtimeState = {
  conversations: {},
  agents: {},
  waiting: {},
  offers: {},
  asked: {},
  alarms: {},
  owed: {},
  unnamed: {},
};
