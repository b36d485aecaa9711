import type { ConversationState } from "@frontdesk/realtime";
import { useDocumentVisibility } from "@mantine/hooks";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useConnection } from "../../../shared/live/connection.ts";

const near = 48;

/**
 * Knows whether the last line is in sight, and tells the visitor "read" only if it is and the page is looked at. Counts
 * what came while one was reading further up.
 */
export function useReading(
  scroller: RefObject<HTMLElement | null>,
  conversation: ConversationState,
  reading: boolean,
  pending: number,
) {
  const connection = useConnection();
  const visible = useDocumentVisibility() === "visible";
  const [atEnd, setAtEnd] = useState(true);
  const { snapshot, entries } = conversation;
  const seenUpTo = useRef(snapshot.head);
  if (atEnd) seenUpTo.current = snapshot.head;

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => setAtEnd(Math.abs(element.scrollTop) < near);
    element.addEventListener("scroll", look, { passive: true });
    return () => element.removeEventListener("scroll", look);
  }, [scroller]);

  const behind = snapshot.read.agent < snapshot.head;
  useEffect(() => {
    if (reading && visible && atEnd && behind) connection.read(snapshot.id, snapshot.head);
  }, [connection, reading, visible, atEnd, behind, snapshot.id, snapshot.head]);

  const toEnd = useCallback(() => scroller.current?.scrollTo({ top: 0 }), [scroller]);
  // Whoever writes wants to see what was written.
  const before = useRef(pending);
  useLayoutEffect(() => {
    if (pending > before.current) toEnd();
    before.current = pending;
  }, [pending, toEnd]);

  const missed = entries.filter(
    ({ seq, kind, sender }) =>
      seq > seenUpTo.current && kind === "message" && sender.kind === "visitor",
  ).length;
  return { atEnd, missed, toEnd };
}
