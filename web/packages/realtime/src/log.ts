import { isErased, tombstone } from "./erased.ts";
import type { Entry, RecalledMessage, Snapshot } from "./frames.ts";
import { fold } from "./header.ts";
import type { ConversationState } from "./state.ts";

/** An entry came whose predecessors are missing; fetch everything after `last` first. */
export class GapError extends Error {
  readonly last: number;

  constructor(last: number, seq: number) {
    super(`entry ${seq} does not follow ${last}`);
    this.last = last;
  }
}

/** The seq up to which nothing is missing; what a resumption and a gap repair start from. */
export function lastSeq(conversation: ConversationState): number {
  return conversation.entries.at(-1)?.seq ?? conversation.snapshot.head;
}

/** A conversation of which only the header is known. */
export function fromSnapshot(snapshot: Snapshot, live: boolean): ConversationState {
  const oldest = snapshot.head + 1;
  return { snapshot, entries: [], oldest, typing: null, queue: null, live };
}

function recall(entry: Entry): Entry {
  if (entry.kind !== "message" || entry.recalled) return entry;
  const recalled: RecalledMessage = { ...entry, recalled: true, body: {} };
  return recalled;
}

/** Empties what the entries among `by` say is gone. A page read before a recall may arrive after it. */
function withRecalls(entries: readonly Entry[], by: readonly Entry[]): readonly Entry[] {
  const end = by.findLast((entry) => entry.kind === "erased")?.seq;
  if (end !== undefined) {
    return entries.map((entry) => (entry.seq < end && !isErased(entry) ? tombstone(entry) : entry));
  }
  const gone = new Set(by.flatMap((entry) => (entry.kind === "recalled" ? entry.body.seq : [])));
  return gone.size
    ? entries.map((entry) => (gone.has(entry.seq) ? recall(entry) : entry))
    : entries;
}

/** Appends entries that follow what is held. The header changes only by those it does not already account for. */
function append(conversation: ConversationState, newer: readonly Entry[]): ConversationState {
  if (!newer.length) return conversation;
  const snapshot = newer.reduce(
    (header, entry) => (entry.seq > header.head ? fold(header, entry) : header),
    conversation.snapshot,
  );
  const spoken = newer.some(
    ({ kind, sender }) => kind === "message" && sender.id === conversation.typing?.sender.id,
  );
  const entries = withRecalls([...conversation.entries, ...newer], newer);
  return {
    ...conversation,
    snapshot,
    entries,
    oldest: entries[0]?.seq ?? conversation.oldest,
    typing: spoken ? null : conversation.typing,
    queue: snapshot.state === "waiting" ? conversation.queue : null,
  };
}

/** Takes the next entry in. One that is held already changes nothing; throws `GapError` when one is missing in between. */
export function applyEntry(conversation: ConversationState, entry: Entry): ConversationState {
  const last = lastSeq(conversation);
  if (entry.seq <= last) return conversation;
  if (entry.seq > last + 1) throw new GapError(last, entry.seq);
  return append(conversation, [entry]);
}

/** Prefers the fetched copy where it knows more: it was recalled, or its addresses are fresh. */
function fresher(held: Entry, fetched: Entry | undefined): Entry {
  if (!fetched || held.kind !== "message" || held.recalled) return held;
  return fetched.recalled || (fetched.kind === "message" && "url" in fetched.body) ? fetched : held;
}

/**
 * Merges a contiguous run of entries, in whichever direction it adjoins or overlaps what is held; one that leaves a hole
 * changes nothing. Never removes or reorders what is held.
 */
export function mergePage(
  conversation: ConversationState,
  page: readonly Entry[],
): ConversationState {
  const first = page[0]?.seq;
  const end = page.at(-1)?.seq;
  if (first === undefined || end === undefined) return conversation;
  if (!conversation.entries.length && end <= conversation.snapshot.head) {
    return { ...conversation, entries: withRecalls(page, page), oldest: first };
  }
  const { entries, oldest } = conversation;
  const last = lastSeq(conversation);
  if (first > last + 1 || end < oldest - 1) return conversation;

  const fetched = new Map(page.map((entry) => [entry.seq, entry]));
  const held = entries.map((entry) => fresher(entry, fetched.get(entry.seq)));
  const older = page.filter((entry) => entry.seq < oldest);
  const changed = older.length > 0 || held.some((entry, index) => entry !== entries[index]);
  const merged = changed
    ? {
        ...conversation,
        entries: withRecalls([...older, ...held], [...older, ...held]),
        oldest: older.length ? first : oldest,
      }
    : conversation;
  return append(
    merged,
    page.filter((entry) => entry.seq > last),
  );
}

/** Takes a run of entries that the server vouches for: merged where it adjoins, otherwise in place of what is held. */
export function takeEntries(
  conversation: ConversationState,
  page: readonly Entry[],
): ConversationState {
  const first = page[0]?.seq;
  if (first === undefined || first <= lastSeq(conversation) + 1) {
    return mergePage(conversation, page);
  }
  return append({ ...conversation, entries: [] }, page);
}
