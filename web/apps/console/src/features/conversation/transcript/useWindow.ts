import type { ConversationState } from "@frontdesk/realtime";
import { useCallback, useEffect, useRef, useState } from "react";
import { useConnection } from "../../../shared/live/connection.ts";
import { olderEntries, useEarlier } from "./useEarlier.ts";

const step = 60;
/** Enough for a tall screen; a conversation is to be there at once. */
const first = 30;

/**
 * Which part of the log is in the page: everything from `from` on. It grows upwards on demand, first by what is held,
 * then by what the server has, then by the contact's earlier conversations; and shrinks again at the end.
 */
export function useWindow(conversation: ConversationState, at: number | undefined, atEnd: boolean) {
  const connection = useConnection();
  const { snapshot, oldest } = conversation;
  const newest = Math.max(oldest, snapshot.head - first + 1);
  const [from, setFrom] = useState(() => Math.max(1, Math.min(newest, at ? at - 15 : newest)));
  const [loading, setLoading] = useState(false);
  const [wantsEarlier, setWantsEarlier] = useState(false);
  const earlier = useEarlier(snapshot, wantsEarlier);
  const busy = useRef(false);

  // A search may lead to an entry that is not held yet.
  const missing = oldest > 1 && from < oldest;
  const fetchOlder = useCallback(async () => {
    if (busy.current) return;
    busy.current = true;
    setLoading(true);
    await olderEntries(connection, snapshot.id, oldest).catch(() => undefined);
    busy.current = false;
    setLoading(false);
  }, [connection, snapshot.id, oldest]);
  useEffect(() => {
    if (missing) void fetchOlder();
  }, [missing, fetchOlder]);

  // Whoever stays at the end of a long day's log keeps only its newest part in the page.
  useEffect(() => {
    if (!atEnd || at !== undefined || wantsEarlier) return;
    setFrom((before) => Math.max(before, snapshot.head - 4 * step));
  }, [atEnd, at, wantsEarlier, snapshot.head]);

  const { hasNextPage, isFetching, fetchNextPage } = earlier;
  const more = useCallback(() => {
    if (from > oldest) setFrom(Math.max(oldest, from - step));
    else if (oldest > 1) {
      void fetchOlder().then(() => setFrom((before) => Math.max(1, before - step)));
    } else if (!wantsEarlier) setWantsEarlier(true);
    else if (hasNextPage && !isFetching) void fetchNextPage();
  }, [from, oldest, fetchOlder, wantsEarlier, hasNextPage, isFetching, fetchNextPage]);

  const pages = earlier.data?.pages.flatMap((page) => page ?? []) ?? [];
  const complete = from <= 1 && wantsEarlier && !hasNextPage && !isFetching && !earlier.isError;
  return { from, more, loading: loading || isFetching, earlier: pages, complete };
}
