/** The shapes of the wire protocol `frontdesk.v1`. Ids are decimal strings, times are milliseconds since the epoch (UTC). */

export type ErrorKind =
  | "invalid"
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "conflict"
  | "too_large"
  | "busy"
  | "unavailable";

/** What the server says about a failed request; `message` and `hint` may be shown to a person. */
export interface WireError {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly details?: Readonly<Record<string, unknown>>;
  /** Seconds. */
  readonly retry_after?: number;
}

/** The two ends of a conversation; bots and the system count as the agent's side. */
export type Side = "visitor" | "agent";

export interface Sender {
  readonly kind: "visitor" | "agent" | "bot" | "system";
  readonly id: string;
  readonly name?: string;
}

export interface AgentCard {
  readonly id: string;
  readonly name: string;
  readonly avatar_url: string | null;
  readonly kind: "human" | "bot";
}

export interface AgentState extends AgentCard {
  readonly status: "online" | "busy" | "away" | "offline";
  readonly load: number;
  readonly capacity: number;
  /** When the status became what it is; 0 or absent from servers that do not say. */
  readonly since?: number;
  /** Why, where a reason was given. */
  readonly reason?: string;
  /** Gets nothing new until then, for a conversation of theirs has just ended. */
  readonly wraps_until?: number | null;
}

/** Somebody who works here, as they were called when the entry was written. */
export interface Colleague {
  readonly id: string;
  readonly name: string;
}

/** A ticket that was made of the conversation, given to whom the note mentions, or opened again by an answer. */
export interface NotedTicket {
  readonly id: string;
  readonly number: number;
  readonly deed: "made" | "given" | "answered";
}

export type ConversationPhase = "bot" | "waiting" | "active" | "closed";
export type CloseReason =
  | "agent"
  | "visitor"
  | "silence"
  | "nobody"
  | "offline"
  | "merged"
  | "erasing"
  /** Of a header only: its words are gone. */
  | "erased";
export type Language = "zh-CN" | "en";

export interface Pointers {
  readonly visitor: number;
  readonly agent: number;
}

export interface LastMessage {
  readonly seq: number;
  readonly sender: Sender;
  /** At most 120 characters; empty once the message is recalled. */
  readonly preview: string;
  readonly type: MessageBody["type"];
  readonly at: number;
}

export interface Rating {
  readonly score: number;
  readonly remark: string;
  readonly resolved: boolean | null;
  /** How many levels there were to choose from; 5 when absent. */
  readonly levels?: number;
}

export interface WrapUp {
  readonly category: string;
  readonly remark: string;
  /** Absent where it was written before agents could say so. */
  readonly solved?: boolean | null;
}

/** The header of a conversation: what its log up to `head` adds up to. */
export interface Snapshot {
  readonly id: string;
  readonly channel_id: string;
  readonly contact: { readonly id: string; readonly name: string };
  readonly state: ConversationPhase;
  readonly team_id: string | null;
  readonly agent: AgentCard | null;
  readonly language: Language;
  readonly opened_at: number;
  readonly waiting_since: number | null;
  readonly closed_at: number | null;
  readonly close_reason: CloseReason | null;
  /** The seq of the last entry. */
  readonly head: number;
  readonly last_message: LastMessage | null;
  readonly received: Pointers;
  readonly read: Pointers;
  readonly rating_invited: boolean;
  readonly rating: Rating | null;
  /** Always null for visitors. */
  readonly wrap_up: WrapUp | null;
  /** Colleagues who joined the agent; absent where a header was made before there were any. */
  readonly guests?: readonly AgentCard[];
  /** Staff only: while its agent has put it aside. */
  readonly snoozed_until?: number;
  /** Staff only: the entry that ended this, early or in time. */
  readonly woken_seq?: number;
}

export interface TextBody {
  readonly type: "text";
  readonly text: string;
  /** Only where staff or a bot wrote it; see `markup`. */
  readonly format?: "markdown";
  /** The seq of the message that this one answers. */
  readonly quotes?: number;
  readonly suggestions?: readonly { readonly question: string }[];
  readonly related?: readonly { readonly question: string }[];
  readonly actions?: readonly ("human" | "leave_message")[];
  readonly unanswered?: true;
}

export interface ImageBody {
  readonly type: "image";
  readonly media_id: string;
  readonly name: string;
  readonly size: number;
  readonly mime: string;
  readonly width: number;
  readonly height: number;
  readonly url: string;
  readonly thumbnail_url: string;
}

export interface FileBody {
  readonly type: "file";
  readonly media_id: string;
  readonly name: string;
  readonly size: number;
  readonly mime: string;
  readonly url: string;
}

export interface VoiceBody {
  readonly type: "voice";
  readonly media_id: string;
  readonly name: string;
  readonly size: number;
  readonly mime: string;
  /** Milliseconds, as the recorder told. */
  readonly duration: number;
  readonly url: string;
}

/** `link` is opened in a new window; `reply` is what the visitor says by pressing. One of them is there. */
export interface CardButton {
  readonly label: string;
  readonly link?: string;
  readonly reply?: string;
}

/** What only staff and bots send. All its words are plain. */
export interface CardBody {
  readonly type: "card";
  readonly title: string;
  readonly text?: string;
  readonly picture?: ImageBody;
  readonly buttons?: readonly CardButton[];
}

export type MessageBody = TextBody | ImageBody | FileBody | VoiceBody | CardBody;

/** What a client may say; everything else about a message is the server's. */
export type OutgoingBody =
  | {
      readonly type: "text";
      readonly text: string;
      readonly format?: "markdown";
      readonly quotes?: number;
    }
  | { readonly type: "image" | "file"; readonly media_id: string }
  | { readonly type: "voice"; readonly media_id: string; readonly duration: number }
  | {
      readonly type: "card";
      readonly title: string;
      readonly text?: string;
      /** Of a picture. */
      readonly media_id?: string;
      readonly buttons?: readonly CardButton[];
    };

export interface Page {
  readonly url: string;
  readonly title: string;
  readonly referrer: string;
}

export type Nothing = Readonly<Record<string, never>>;

export interface FormAnswer {
  readonly label: string;
  readonly value: string;
}

export interface EntryBodies {
  readonly opened: {
    readonly channel_id: string;
    readonly language: Language;
    readonly page: Page | null;
    /** What the visitor answered to the channel's own questions before the chat. */
    readonly answers?: readonly FormAnswer[];
    /** Whose queue it joins when a human is asked for. */
    readonly team_id?: string;
  };
  readonly message: MessageBody;
  readonly queued: {
    readonly team_id: string;
    readonly reason:
      | "visitor"
      | "phrase"
      | "word"
      | "tone"
      | "unknown"
      | "answer"
      | "rating"
      | "image"
      | "no_bot"
      | "transfer"
      | "put_back"
      | "agent_gone"
      | "agent_silent"
      | "overflow";
  };
  readonly unqueued: {
    readonly reason: "visitor" | "late" | "closed";
    /** What the visitor is left with; nothing for who left the queue. */
    readonly instead?: "bot" | "leave_message";
  };
  readonly assigned: {
    readonly agent: AgentCard;
    readonly team_id: string | null;
    readonly reason:
      | "bot"
      | "dispatch"
      | "returning"
      | "transfer"
      | "manual"
      | "reopened"
      | "taken_over"
      | "given";
  };
  readonly transferred: {
    readonly from: AgentCard | null;
    readonly to_agent: AgentCard | null;
    readonly to_team_id: string | null;
    /** Whose people alone it waits for; absent for everybody of the team. */
    readonly to_department_id?: string;
  };
  /** `mentions` is absent where nobody is named. With `ticket` it says what its sender did with that. */
  readonly note: {
    readonly text: string;
    readonly mentions?: readonly Colleague[];
    readonly ticket?: NotedTicket;
  };
  readonly whisper: { readonly text: string; readonly to: Colleague };
  /** `invited_by` is absent for a leader who came by their own right. */
  readonly joined: { readonly agent: AgentCard; readonly invited_by?: AgentCard };
  readonly left: { readonly agent: AgentCard };
  readonly recalled: { readonly seq: number };
  readonly rating_invited: Nothing;
  readonly rated: Rating;
  /** The last word about a message counts. */
  readonly answer_rated: { readonly seq: number; readonly helpful: boolean };
  readonly wrapped_up: WrapUp;
  readonly snoozed: { readonly until: number };
  /** What the visitor wrote, a new owner and the end wake as well, without this entry. */
  readonly woken: { readonly reason: "time" | "agent" };
  readonly closed: {
    readonly by: "visitor" | "agent" | "system";
    readonly reason: Exclude<CloseReason, "erased">;
  };
  readonly reopened: Nothing;
  readonly hidden: Nothing;
  readonly erased: Nothing;
}

export type EntryKind = keyof EntryBodies;

export interface EntryOf<K extends EntryKind> {
  readonly id: string;
  /** Gap-free from 1 within its conversation. */
  readonly seq: number;
  readonly kind: K;
  readonly at: number;
  readonly sender: Sender;
  readonly body: EntryBodies[K];
  /** Present only for the entry's own sender, on all of that person's devices. */
  readonly client_id?: string;
  readonly recalled?: false;
}

/** The body of what was erased with its conversation, rather than taken back by its sender. */
export interface Erased {
  readonly erased: true;
}

/** What is left of a message that was recalled or erased: its place, its sender and its time. */
export interface RecalledMessage extends Omit<EntryOf<"message">, "body" | "recalled"> {
  readonly body: Nothing | Erased;
  readonly recalled: true;
}

export interface ErasedNote extends Omit<EntryOf<"note" | "whisper">, "body" | "recalled"> {
  readonly body: Erased;
  readonly recalled: true;
}

export type Entry = { [K in EntryKind]: EntryOf<K> }[EntryKind] | RecalledMessage | ErasedNote;

/** What staff do with a conversation, for colleagues who look at it too. */
export type Doing = "looking" | "writing" | "nothing";

export interface HelloFrame {
  readonly t: "hello";
  readonly token: string;
  readonly device: string;
  readonly heads: Readonly<Record<string, number>>;
  readonly client?: { readonly name: string; readonly version: string };
}

export interface HistoryRange {
  /** Exclusive. */
  readonly before?: number;
  /** Exclusive. */
  readonly after?: number;
  readonly limit?: number;
}

type In<T extends string> = { readonly t: T; readonly conversation: string };

export type ClientFrame =
  | HelloFrame
  | (In<"send"> & { readonly client_id: string; readonly body: OutgoingBody })
  | (In<"recall"> & { readonly ref: string; readonly seq: number })
  | (In<"received"> & { readonly seq: number })
  | (In<"read"> & { readonly seq: number })
  | (In<"typing"> & { readonly text: string })
  | (In<"look"> & { readonly doing: Doing })
  | (In<"history"> & { readonly ref: string } & HistoryRange)
  | { readonly t: "visible"; readonly visible: boolean }
  | { readonly t: "token"; readonly token: string }
  | { readonly t: "ping" };

export type { ServerFrame, ServerFrameOf } from "./server-frames.ts";
