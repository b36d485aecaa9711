import type { ConversationState, Entry } from "@frontdesk/realtime";

function said(entry: Entry, by: "visitor" | "agent"): boolean {
  return entry.kind === "message" && entry.sender.kind === by;
}

interface Derived {
  readonly unread: number;
  readonly since: number | null;
}

const known = new WeakMap<ConversationState, Derived>();

function unread({ snapshot, entries }: ConversationState): number {
  const seen = snapshot.read.agent;
  const held = entries.filter(
    (entry) => entry.seq > seen && said(entry, "visitor") && !entry.recalled,
  ).length;
  const last = snapshot.last_message;
  if (held || !last || last.sender.kind !== "visitor" || last.seq <= seen) return held;
  return 1;
}

function unansweredSince({ snapshot, entries }: ConversationState): number | null {
  if (snapshot.state === "waiting") return snapshot.waiting_since;
  if (snapshot.state !== "active") return null;
  let since: number | null = null;
  for (let index = entries.length - 1; index >= 0; index -= 1) {
    const entry = entries[index];
    if (!entry || said(entry, "agent")) break;
    if (entry.kind === "assigned" && entry.body.agent.kind === "human") {
      // What was asked before the hand-over is waiting since somebody became responsible for it.
      return since ?? entry.at;
    }
    if (said(entry, "visitor") && !entry.recalled) since = entry.at;
  }
  if (entries.length) return since;
  const last = snapshot.last_message;
  return last?.sender.kind === "visitor" ? last.at : null;
}

function derive(conversation: ConversationState): Derived {
  const held = known.get(conversation);
  if (held) return held;
  const derived = { unread: unread(conversation), since: unansweredSince(conversation) };
  known.set(conversation, derived);
  return derived;
}

/** How many of the visitor's messages nobody on our side has seen. */
export function unreadCount(conversation: ConversationState): number {
  return derive(conversation).unread;
}

/** Since when the visitor has been waiting for an answer by a person; null while it is the visitor's turn. */
export function waitingSince(conversation: ConversationState): number | null {
  return derive(conversation).since;
}
