import type { Snapshot } from "@frontdesk/realtime";
import { useQuery } from "@tanstack/react-query";
import { entriesOf, loadConversation } from "../../../shared/api/conversations.ts";
import { useConnection } from "../../../shared/live/connection.ts";
import TicketForm from "../../../shared/tickets/TicketForm.tsx";

const MOST = 200;

/** What the visitor said first, as a line. */
function useFirstWords(conversation: string): string {
  const { data = "" } = useQuery({
    queryKey: ["first-words", conversation],
    queryFn: async () => {
      const { entries } = await entriesOf(conversation, { after: 0, limit: 50 });
      for (const { kind, sender, body } of entries) {
        if (kind === "message" && sender.kind === "visitor" && "text" in body) {
          return body.text.replace(/\s+/g, " ").trim().slice(0, MOST);
        }
      }
      return "";
    },
  });
  return data;
}

/** A ticket of this conversation; its log says so at once, to whoever looks at it. */
export default function TicketDialog({
  snapshot,
  close,
}: {
  snapshot: Snapshot;
  close: () => void;
}) {
  const connection = useConnection();
  const first = useFirstWords(snapshot.id);
  return (
    <TicketForm
      origin={{ conversation_id: snapshot.id }}
      subject={snapshot.wrap_up?.category || first}
      made={() => void loadConversation(connection, snapshot.id).catch(() => undefined)}
      close={close}
    />
  );
}
