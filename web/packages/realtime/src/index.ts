export type * from "./api.ts";
export { byCreation, type ClientIds, clientIds } from "./client-id.ts";
export { createConnection } from "./connection.ts";
export { isErased } from "./erased.ts";
export { RealtimeError } from "./failure.ts";
export type * from "./frames.ts";
export { preview } from "./header.ts";
export { deleteIndexedDbOutbox, indexedDbOutbox } from "./indexeddb-outbox.ts";
export { applyEntry, GapError } from "./log.ts";
export { type Block, type Inline, type Line, markup, openable, unmarked } from "./markup.ts";
export { memoryOutbox } from "./memory-outbox.ts";
export type { OutboxStore, PendingMessage } from "./outbox.ts";
export { expire, reduce } from "./reduce.ts";
export type { Due, ServerFrameKind, Topic } from "./server-frames.ts";
export {
  type ConversationState,
  emptyState,
  type Offer,
  type Owed,
  type QueuePlace,
  type RealtimeState,
  type Typing,
} from "./state.ts";
export type { ConnectionStatus } from "./status.ts";
export { realtimeUrl } from "./url.ts";
