import { useMemo } from "react";
import { useLive } from "../shared/live/connection.ts";
import { unreadCount } from "../shared/live/unanswered.ts";
import { useMe } from "../shared/session/session.ts";

/** Unread messages in my own open conversations. */
export function useUnreadTotal(): number {
  const me = useMe().agent.id;
  const conversations = useLive((state) => state.conversations);
  return useMemo(
    () =>
      Object.values(conversations)
        .filter(
          ({ live, snapshot }) => live && snapshot.state === "active" && snapshot.agent?.id === me,
        )
        .reduce((sum, each) => sum + unreadCount(each), 0),
    [conversations, me],
  );
}
