import {
  type AgentCard,
  type Entry,
  type EntryOf,
  isErased,
  type RecalledMessage,
  type Sender,
} from "@frontdesk/realtime";
import type { TextKey, Values } from "../i18n/i18n.ts";
import { dayStart } from "../text/time.ts";

export type MessageEntry = EntryOf<"message"> | RecalledMessage;

export type Row =
  | { kind: "time"; key: string; at: number; newDay: boolean }
  | { kind: "system"; key: string; text: TextKey; values: Values }
  | {
      kind: "message";
      key: string;
      entry: MessageEntry;
      own: boolean;
      /** First and last of a run by the same person. */
      first: boolean;
      last: boolean;
      avatar: string | null;
      /** The message that this one answers, where the log at hand has it. */
      quoted: MessageEntry | null;
      /** A bot's answer, of which the visitor may say whether it helped. */
      answer: boolean;
    };

const PAUSE = 10 * 60_000;
const RUN = 3 * 60_000;

interface Seen {
  /** The human or bot that serves at this point of the log. */
  agent: AgentCard | null;
  handedOver: boolean;
  avatars: Map<string, string | null>;
  everServed: boolean;
  /** The visitor has said something before. */
  asked: boolean;
}

function systemText(entry: Entry, seen: Seen): { text: TextKey; values: Values } | null {
  const say = (text: TextKey, values: Values = {}) => ({ text, values });
  switch (entry.kind) {
    case "queued": {
      if (seen.handedOver) return null;
      if (entry.body.reason === "overflow") return say("system.overflow");
      const gone = entry.body.reason === "agent_gone" && seen.agent?.kind === "human";
      return gone ? say("system.requeued", { name: seen.agent?.name ?? "" }) : say("system.queued");
    }
    case "unqueued":
      return say(`system.unqueued.${entry.body.reason}`);
    case "assigned": {
      const { agent } = entry.body;
      if (agent.kind === "human") return say("system.assigned", { name: agent.name });
      return seen.everServed ? say("system.bot", { name: agent.name }) : null;
    }
    case "transferred": {
      const { from, to_agent } = entry.body;
      if (!from || from.kind === "bot") return say("system.transferred");
      return to_agent
        ? say("system.transferred_agent", { from: from.name, to: to_agent.name })
        : say("system.transferred_team", { from: from.name });
    }
    case "joined":
    case "left":
      return say(`system.${entry.kind}`, { name: entry.body.agent.name });
    case "rated":
      return say("system.rated", { score: entry.body.score, levels: entry.body.levels ?? 5 });
    case "reopened":
      return say("system.reopened");
    case "erased":
      return say("system.erased");
    case "closed": {
      const { by, reason } = entry.body;
      if (by === "visitor") return say("system.closed.visitor");
      if (by === "agent") {
        return say("system.closed.agent", { name: entry.sender.name ?? seen.agent?.name ?? "" });
      }
      if (reason === "silence" || reason === "nobody") return say(`system.closed.${reason}`);
      return say("system.closed.other");
    }
    default:
      return null;
  }
}

function note(entry: Entry, seen: Seen): void {
  if (entry.kind === "assigned") {
    seen.agent = entry.body.agent;
    seen.avatars.set(entry.body.agent.id, entry.body.agent.avatar_url);
    seen.everServed = true;
    seen.handedOver = false;
  } else if (entry.kind === "joined") {
    seen.avatars.set(entry.body.agent.id, entry.body.agent.avatar_url);
  } else if (entry.kind === "transferred") seen.handedOver = true;
  else if (entry.kind === "queued") {
    seen.handedOver = false;
    seen.everServed = true;
  }
}

function sameRun(a: Row | undefined, sender: Sender, at: number): boolean {
  if (a?.kind !== "message") return false;
  const other = a.entry;
  return other.sender.kind === sender.kind && other.sender.id === sender.id && at - other.at < RUN;
}

/** By counting: the entries have no holes. A message that is not at hand, or is no message, is not quoted. */
function quotedBy(entry: MessageEntry, entries: readonly Entry[]): MessageEntry | null {
  if (entry.recalled || entry.body.type !== "text" || !entry.body.quotes) return null;
  const found = entries[entry.body.quotes - (entries[0]?.seq ?? 1)];
  return found?.kind === "message" && found.seq < entry.seq ? found : null;
}

/** What a bot said that knew something to say. */
function isAnswer({ sender, body }: MessageEntry): boolean {
  if (sender.kind !== "bot" || !("type" in body) || body.type !== "text") return false;
  return !body.unanswered && !body.suggestions?.length && !body.actions?.length;
}

/** What the log looks like to the visitor: pure, so that the same log always gives the same picture. */
export function timeline(entries: readonly Entry[], known: readonly (AgentCard | null)[]): Row[] {
  const rows: Row[] = [];
  const seen: Seen = {
    agent: null,
    handedOver: false,
    avatars: new Map(),
    everServed: (entries[0]?.seq ?? 1) > 1,
    asked: (entries[0]?.seq ?? 1) > 1,
  };
  for (const card of known) if (card) seen.avatars.set(card.id, card.avatar_url);
  let lastAt = Number.NEGATIVE_INFINITY;

  for (const entry of entries) {
    const text = entry.kind === "message" ? null : systemText(entry, seen);
    note(entry, seen);
    if ((entry.kind !== "message" && !text) || isErased(entry)) continue;

    const newDay = dayStart(entry.at) !== dayStart(lastAt);
    if (newDay || entry.at - lastAt > PAUSE) {
      rows.push({ kind: "time", key: `t${entry.id}`, at: entry.at, newDay });
    }
    lastAt = entry.at;
    if (text) {
      rows.push({ kind: "system", key: entry.id, ...text });
      continue;
    }
    if (entry.kind !== "message") continue;
    const previous = rows.at(-1);
    if (entry.sender.kind === "visitor") seen.asked = true;
    const joined = sameRun(previous, entry.sender, entry.at);
    if (joined && previous?.kind === "message") previous.last = false;
    rows.push({
      kind: "message",
      // the same key while pending and after, so that the bubble stays where it is
      key: entry.client_id ?? entry.id,
      entry,
      own: entry.sender.kind === "visitor",
      first: !joined,
      last: true,
      avatar: seen.avatars.get(entry.sender.id) ?? null,
      quoted: quotedBy(entry, entries),
      answer: seen.asked && isAnswer(entry),
    });
  }
  return rows;
}

export function isTheirs(entry: Entry): entry is MessageEntry {
  return entry.kind === "message" && entry.sender.kind !== "visitor";
}

/** Messages of the other side that nobody has looked at yet. */
export function countUnread(entries: readonly Entry[], read: number): number {
  return entries.filter((e) => e.seq > read && isTheirs(e) && !e.recalled).length;
}
