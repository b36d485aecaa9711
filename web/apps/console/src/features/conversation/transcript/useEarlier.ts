import type { ContactConversations } from "@frontdesk/api";
import type { Connection, Entry, Snapshot } from "@frontdesk/realtime";
import { useInfiniteQuery } from "@tanstack/react-query";
import { entriesOf } from "../../../shared/api/conversations.ts";
import { http } from "../../../shared/session/session.ts";

/** Where the walk back in time stands: within a conversation, or before it. */
interface Place {
  readonly conversation: string;
  readonly before: number | null;
  readonly snapshot: Snapshot | null;
}

interface EarlierPage {
  readonly snapshot: Snapshot;
  readonly entries: readonly Entry[];
  readonly next: Place;
}

async function previous(contact: string, place: Place): Promise<Snapshot | null> {
  if (place.before !== null) return place.snapshot;
  const path = `/v1/contacts/${contact}/conversations`;
  const query = { before: place.conversation, limit: 1 };
  const { items } = await http<ContactConversations>("GET", path, { query });
  return items[0] ?? null;
}

async function walk(contact: string, place: Place): Promise<EarlierPage | null> {
  const snapshot = await previous(contact, place);
  if (!snapshot) return null;
  const range = place.before === null ? { limit: 50 } : { before: place.before, limit: 50 };
  const { entries, more } = await entriesOf(snapshot.id, range);
  const before = more ? (entries[0]?.seq ?? null) : null;
  return { snapshot, entries, next: { conversation: snapshot.id, before, snapshot } };
}

/** The contact's conversations before this one, page by page, newest first. */
export function useEarlier(snapshot: Snapshot | undefined, wanted: boolean) {
  const id = snapshot?.id ?? "";
  const contact = snapshot?.contact.id ?? "";
  const start: Place = { conversation: id, before: null, snapshot: null };
  return useInfiniteQuery({
    queryKey: ["earlier", id],
    queryFn: ({ pageParam }) => walk(contact, pageParam),
    initialPageParam: start,
    getNextPageParam: (page) => page?.next,
    enabled: wanted && id !== "",
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Older entries of the conversation itself; over HTTP where the line is down or does not carry this conversation. */
export async function olderEntries(connection: Connection, id: string, before: number) {
  try {
    await connection.history(id, { before, limit: 50 });
  } catch {
    const held = connection.state.conversations[id];
    if (!held) return;
    const { entries } = await entriesOf(id, { before, limit: 50 });
    connection.adopt(held.snapshot, [...entries, ...held.entries]);
  }
}
