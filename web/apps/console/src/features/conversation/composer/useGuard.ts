import { useRef, useState } from "react";
import { useConversation } from "../../../shared/live/connection.ts";
import { useMe } from "../../../shared/session/session.ts";
import { answeredSince } from "./guarding.ts";

/**
 * Stops an answer once when a colleague has answered since it was begun: whoever has seen that sends it again, or not.
 */
export function useGuard(conversation: string, text: string, note: boolean) {
  const me = useMe().agent.id;
  const held = useConversation(conversation);
  const head = held?.snapshot.head ?? 0;
  const begun = useRef(head);
  const [asked, setAsked] = useState(0);
  if (text === "") begun.current = head;
  const since = Math.max(begun.current, asked);
  const answer = note ? null : answeredSince(held?.entries ?? [], since, me);
  const told = asked > begun.current ? answeredSince(held?.entries ?? [], begun.current, me) : null;
  return {
    /** The colleague of whose answer one was just told; null where there is none. */
    told: note || text === "" ? null : (told?.name ?? null),
    /** Whether what is written may be sent now. */
    admits: () => {
      if (!answer) return true;
      setAsked(answer.seq);
      return false;
    },
  };
}
