import type { Pointers, ServerFrame, ServerFrameOf, Snapshot } from "./frames.ts";
import { applyEntry, fromSnapshot, mergePage, takeEntries } from "./log.ts";
import type { ConversationState, RealtimeState } from "./state.ts";

/** How long a typing preview lives without being renewed. */
const TYPING_MS = 6000;

function without<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  if (!(key in record)) return record;
  const { [key]: _, ...rest } = record;
  return rest;
}

function furthest(a: Pointers, b: Pointers): Pointers {
  const visitor = Math.max(a.visitor, b.visitor);
  const agent = Math.max(a.agent, b.agent);
  return visitor === a.visitor && agent === a.agent ? a : { visitor, agent };
}

/** Puts one conversation in place of what was held of it. */
function put(state: RealtimeState, id: string, next: ConversationState | undefined): RealtimeState {
  const held = state.conversations[id];
  if (!next || next === held) return state;
  return { ...state, conversations: { ...state.conversations, [id]: next } };
}

function change(
  state: RealtimeState,
  id: string,
  next: (held: ConversationState) => ConversationState,
): RealtimeState {
  const held = state.conversations[id];
  return held ? put(state, id, next(held)) : state;
}

/** The newer header of two. What is not in the log (the contact, the pointers) comes from the arriving one either way. */
function newerHeader(held: Snapshot, arriving: Snapshot): Snapshot {
  return {
    ...(arriving.head >= held.head ? arriving : { ...held, contact: arriving.contact }),
    received: furthest(held.received, arriving.received),
    read: furthest(held.read, arriving.read),
  };
}

/** Takes a header in: new conversations begin with it, known ones keep their entries. */
export function takeSnapshot(state: RealtimeState, header: Snapshot, live: boolean): RealtimeState {
  const held = state.conversations[header.id];
  if (!held) return put(state, header.id, fromSnapshot(header, live));
  const snapshot = newerHeader(held.snapshot, header);
  const oldest = held.entries[0]?.seq ?? snapshot.head + 1;
  const queue = snapshot.state === "waiting" ? held.queue : null;
  return put(state, header.id, { ...held, snapshot, oldest, queue, live });
}

function moveReceipt(held: ConversationState, frame: ServerFrameOf<"receipt">): ConversationState {
  const { snapshot } = held;
  const pointers = (seq: number): Pointers => ({ visitor: 0, agent: 0, [frame.side]: seq });
  const received = furthest(snapshot.received, pointers(frame.received));
  const read = furthest(snapshot.read, pointers(frame.read));
  return received === snapshot.received && read === snapshot.read
    ? held
    : { ...held, snapshot: { ...snapshot, received, read } };
}

function setLive(state: RealtimeState, id: string, live: boolean): RealtimeState {
  return change(state, id, (held) => (held.live === live ? held : { ...held, live }));
}

function named(state: RealtimeState, id: string): RealtimeState {
  const unnamed = without(state.unnamed, id);
  return unnamed === state.unnamed ? state : { ...state, unnamed };
}

function dropUnnamed(state: RealtimeState): RealtimeState {
  const ids = Object.keys(state.unnamed);
  const dropped = ids.reduce((next, id) => setLive(next, id, false), state);
  return ids.length ? { ...dropped, unnamed: {} } : dropped;
}

function liveOnes(state: RealtimeState): Record<string, true> {
  const live = Object.keys(state.conversations).filter((id) => state.conversations[id]?.live);
  return Object.fromEntries(live.map((id) => [id, true]));
}

/**
 * The state after one frame. Pure; a frame that says nothing new returns the same object, and so does every part it does
 * not concern. `now` is the server's clock. Throws `GapError` for an entry whose predecessors are missing.
 */
export function reduce(state: RealtimeState, frame: ServerFrame, now: number): RealtimeState {
  switch (frame.t) {
    case "welcome":
      return { ...state, alarms: {}, owed: {}, unnamed: liveOnes(state) };
    case "conversation":
      return named(takeSnapshot(state, frame.conversation, true), frame.conversation.id);
    case "entries": {
      const { conversation: id, entries } = frame;
      const taken = change(state, id, (held) => takeEntries(held, entries));
      return named(setLive(taken, id, true), id);
    }
    case "reset": {
      const fresh = fromSnapshot(frame.snapshot, true);
      const next = put(state, frame.conversation, takeEntries(fresh, frame.entries));
      return named(next, frame.conversation);
    }
    case "ready":
      return dropUnnamed(state);
    case "entry":
    case "ack": {
      const { conversation: id, entry } = frame;
      return named(
        change(state, id, (held) => applyEntry(held, entry)),
        id,
      );
    }
    case "page":
      return change(state, frame.conversation, (held) => mergePage(held, frame.entries));
    case "receipt":
      return change(state, frame.conversation, (held) => moveReceipt(held, frame));
    case "typing": {
      const { sender, text } = frame;
      const typing = text ? { sender, text, until: now + TYPING_MS } : null;
      return change(state, frame.conversation, (held) =>
        held.typing === typing ? held : { ...held, typing },
      );
    }
    case "queue": {
      const { position, ahead, estimate, soonest, latest, callback } = frame;
      const queue = { position, ahead, estimate, soonest, latest, callback };
      return change(state, frame.conversation, (held) => ({ ...held, queue }));
    }
    case "offer": {
      const { conversation: snapshot, expires_at, reason, by = null, note = "" } = frame;
      const offer = { snapshot, expires_at, reason, by, note };
      return { ...state, offers: { ...state.offers, [snapshot.id]: offer } };
    }
    case "offer_ended": {
      const offers = without(state.offers, frame.conversation);
      return offers === state.offers ? state : { ...state, offers };
    }
    case "transfer": {
      const { conversation: id, purpose, to, expires_at } = frame;
      if (frame.state === "asked") {
        return { ...state, asked: { ...state.asked, [id]: { purpose, to, expires_at } } };
      }
      const asked = without(state.asked, id);
      return asked === state.asked ? state : { ...state, asked };
    }
    case "alarm": {
      const { conversation: id, agent, since } = frame;
      if (since !== null) return { ...state, alarms: { ...state.alarms, [id]: { agent, since } } };
      const alarms = without(state.alarms, id);
      return alarms === state.alarms ? state : { ...state, alarms };
    }
    case "due": {
      const { conversation: id, contact, agent, team } = frame;
      const [first, ...rest] = frame.due;
      const owed = first
        ? { ...state.owed, [id]: { contact, agent, team, due: [first, ...rest] as const } }
        : without(state.owed, id);
      return owed === state.owed ? state : { ...state, owed };
    }
    case "gone":
      return named(setLive(state, frame.conversation, false), frame.conversation);
    case "agent":
      return { ...state, agents: { ...state.agents, [frame.agent.id]: frame.agent } };
    case "waiting": {
      const { team, count, oldest } = frame;
      return { ...state, waiting: { ...state.waiting, [team]: { count, oldest } } };
    }
    default:
      return state;
  }
}

/** Drops what has had its time: typing previews nobody renewed, offers that ran out. */
export function expire(state: RealtimeState, now: number): RealtimeState {
  let next = state;
  for (const [id, { typing }] of Object.entries(state.conversations)) {
    if (typing && typing.until <= now) {
      next = change(next, id, (held) => ({ ...held, typing: null }));
    }
  }
  for (const [id, { expires_at }] of Object.entries(state.offers)) {
    if (expires_at <= now) next = { ...next, offers: without(next.offers, id) };
  }
  for (const [id, { expires_at }] of Object.entries(state.asked)) {
    if (expires_at <= now) next = { ...next, asked: without(next.asked, id) };
  }
  return next;
}

/** When `expire` next has something to do, or null. */
export function nextExpiry(state: RealtimeState): number | null {
  const typing = Object.values(state.conversations).flatMap((held) => held.typing?.until ?? []);
  const offers = Object.values(state.offers).map((offer) => offer.expires_at);
  const asked = Object.values(state.asked).map(({ expires_at }) => expires_at);
  const all = [...typing, ...offers, ...asked];
  return all.length ? Math.min(...all) : null;
}
