import { useQuery } from "@tanstack/react-query";
import { loadConversation } from "../../shared/api/conversations.ts";
import { useConnection, useConversation } from "../../shared/live/connection.ts";

/**
 * The conversation to show. One that is streamed to us is simply there; any other is fetched, and looked at again every
 * few seconds for as long as it is open and on screen.
 */
export function useOpenConversation(id: string) {
  const connection = useConnection();
  const held = useConversation(id);
  const complete = held !== undefined && (held.entries.length > 0 || held.snapshot.head === 0);
  const streamed = complete && held.live;
  const closed = held?.snapshot.state === "closed";
  const query = useQuery({
    queryKey: ["conversation", id],
    queryFn: async () => (await loadConversation(connection, id)).head,
    enabled: !streamed,
    refetchInterval: closed ? false : 4000,
    staleTime: 0,
  });
  const retry = () => void query.refetch();
  return { conversation: complete ? held : undefined, error: complete ? null : query.error, retry };
}
