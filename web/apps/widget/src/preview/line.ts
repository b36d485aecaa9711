import {
  type Connection,
  type Entry,
  emptyState,
  type OutgoingBody,
  type PendingMessage,
  reduce,
} from "@frontdesk/realtime";
import type { connect } from "../chat/model/connect.ts";

const idle = () => undefined;

/** A line that leads nowhere: always up, and what is written stays in this page. */
export const pretendLine: typeof connect = ({ changed, up }) => {
  let state = emptyState;
  const line: Connection = {
    start: up,
    stop: idle,
    reconnectNow: idle,
    get state() {
      return state;
    },
    status: { phase: "online", transport: "websocket" },
    pending: [],
    now: Date.now,
    subscribe: () => idle,
    on: () => idle,
    send(conversation: string, body: OutgoingBody): PendingMessage {
      const client_id = crypto.randomUUID();
      const held = state.conversations[conversation];
      const seq = (held?.snapshot.head ?? 0) + 1;
      const entry = {
        id: client_id,
        seq,
        kind: "message",
        at: Date.now(),
        sender: { kind: "visitor", id: "0" },
        body,
        client_id,
      } as Entry;
      state = reduce(state, { t: "entry", conversation, entry }, entry.at);
      changed();
      return { client_id, conversation, body, created_at: entry.at, state: "sending" };
    },
    retry: idle,
    discard: idle,
    recall: () => Promise.resolve(),
    history: () => Promise.resolve({ entries: [], more: false }),
    read: idle,
    typing: idle,
    visible: idle,
    look: idle,
    adopt(snapshot, entries) {
      const held = { snapshot, entries, oldest: 1, typing: null, queue: null, live: true };
      state = { ...state, conversations: { ...state.conversations, [snapshot.id]: held } };
      changed();
    },
  };
  return line;
};
