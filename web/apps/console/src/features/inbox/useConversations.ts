import type { ConversationView } from "@frontdesk/api";
import type { ConversationState, Snapshot } from "@frontdesk/realtime";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo, useRef } from "react";
import { conversationsQuery, type Narrowed } from "../../shared/api/queries.ts";
import { useAllMarks } from "../../shared/desk/desk.ts";
import { useLive } from "../../shared/live/connection.ts";
import { useMe } from "../../shared/session/session.ts";
import { byClosing, byUrgency, byWaking } from "./order.ts";
import { belongs, fits, isOwn, onlyFetched } from "./views.ts";

function bare(snapshot: Snapshot): ConversationState {
  const oldest = snapshot.head + 1;
  return { snapshot, entries: [], oldest, typing: null, queue: null, live: false };
}

/** Wraps each fetched header once, so that its row is not drawn again for nothing. */
function useBare() {
  const held = useRef(new WeakMap<Snapshot, ConversationState>());
  return (snapshot: Snapshot): ConversationState => {
    let state = held.current.get(snapshot);
    if (!state) {
      state = bare(snapshot);
      held.current.set(snapshot, state);
    }
    return state;
  };
}

/** The conversations of a view in their order: what was fetched, overlaid with what is streamed. */
export function useConversations(view: ConversationView, narrowed?: Narrowed) {
  const me = useMe().agent;
  const live = useLive((state) => state.conversations);
  const owed = useLive((state) => state.owed);
  const query = useInfiniteQuery({
    ...conversationsQuery(view, narrowed),
    enabled: !isOwn(view),
  });
  const marks = useAllMarks();
  const asState = useBare();
  const fetched = query.data;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asState only caches
  const conversations = useMemo(() => {
    const found = new Map<string, ConversationState>();
    for (const snapshot of fetched?.pages.flatMap(({ items }) => items) ?? []) {
      found.set(snapshot.id, asState(snapshot));
    }
    for (const state of Object.values(live)) {
      const { id, head } = state.snapshot;
      const known = found.get(id);
      const streamed = state.live && !onlyFetched(view, narrowed);
      if (streamed || (known && head >= known.snapshot.head)) found.set(id, state);
    }
    return [...found.values()]
      .filter((each) => belongs(each, view, me) && fits(each.snapshot, narrowed))
      .sort(
        view === "closed"
          ? byClosing
          : view === "snoozed"
            ? byWaking
            : byUrgency((id) => marks.get(id)?.pinned === true, owed),
      );
  }, [fetched, live, view, narrowed, me, marks, owed]);
  return { conversations, marks, query };
}
