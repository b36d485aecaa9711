import type { ConversationAnswer, EntriesPage } from "@frontdesk/api";
import type { Connection, Entry, Snapshot, WrapUp } from "@frontdesk/realtime";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useConnection } from "../live/connection.ts";
import { http } from "../session/session.ts";

export type ConversationAction =
  | { readonly do: "take" | "invite-rating" | "accept" | "withdraw" | "wake" }
  | { readonly do: "snooze"; readonly until: number }
  | { readonly do: "decline"; readonly reason?: string }
  | { readonly do: "join" | "leave" | "take-over" | "put-back" }
  | { readonly do: "assign"; readonly agent_id: string; readonly force?: boolean }
  | {
      readonly do: "transfer";
      readonly agent_id?: string;
      readonly team_id?: string;
      readonly department_id?: string;
      readonly note?: string;
    }
  | { readonly do: "guests"; readonly agent_id: string; readonly note?: string }
  | { readonly do: "dismiss"; readonly agent_id: string }
  | { readonly do: "notes"; readonly text: string; readonly mentions?: readonly string[] }
  | { readonly do: "whispers"; readonly text: string }
  | ({ readonly do: "wrap-up" } & WrapUp)
  | { readonly do: "close"; readonly wrap_up?: WrapUp };

export function entriesOf(
  conversation: string,
  range: { before?: number; after?: number; limit?: number },
): Promise<EntriesPage> {
  return http<EntriesPage>("GET", `/v1/conversations/${conversation}/entries`, { query: range });
}

/** Brings the live state up to date with a header that came by HTTP: the log first, because the header follows from it. */
async function catchUp(connection: Connection, snapshot: Snapshot): Promise<void> {
  const held = connection.state.conversations[snapshot.id];
  const last = held?.entries.at(-1)?.seq;
  const entries: Entry[] = [];
  if (last !== undefined && last < snapshot.head) {
    const page = await entriesOf(snapshot.id, { after: last, limit: 100 });
    if (!page.more) entries.push(...page.entries);
  }
  connection.adopt(snapshot, entries);
}

/** Fetches a conversation that the server does not stream to us, with the newest page of its log. */
export async function loadConversation(connection: Connection, id: string): Promise<Snapshot> {
  const { conversation } = await http<ConversationAnswer>("GET", `/v1/conversations/${id}`);
  const held = connection.state.conversations[id];
  if (held?.entries.length) await catchUp(connection, conversation);
  else connection.adopt(conversation, (await entriesOf(id, { limit: 50 })).entries);
  return conversation;
}

/** What takes back something else, and what that is. */
function undone(action: ConversationAction): string | undefined {
  if (action.do === "leave") return "join";
  if (action.do === "withdraw") return "transfer";
  if (action.do === "wake") return "snooze";
  return action.do === "dismiss" ? `guests/${action.agent_id}` : undefined;
}

export function useConversationAction(id: string) {
  const connection = useConnection();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (action: ConversationAction) => {
      const what = undone(action);
      const { do: name, ...body } = action;
      return what
        ? http<ConversationAnswer>("DELETE", `/v1/conversations/${id}/${what}`)
        : http<ConversationAnswer>("POST", `/v1/conversations/${id}/${name}`, { body });
    },
    onSuccess: async ({ conversation }, action) => {
      if (action.do !== "decline") await catchUp(connection, conversation).catch(() => undefined);
      await queries.invalidateQueries({ queryKey: ["conversations"] });
    },
  });
}
