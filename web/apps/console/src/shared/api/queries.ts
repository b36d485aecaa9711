import type {
  Agent,
  Care,
  Channel,
  ContactAnswer,
  ContactChange,
  ContactConversations,
  ContactField,
  ConversationView,
  CursorPage,
  Customer,
  Decisions,
  Department,
  DirectCode,
  FilterCriteria,
  Items,
  KnowledgeBase,
  LeaveMessagePage,
  Measured,
  Question,
  QuickReply,
  Role,
  RoutingView,
  SavedFilter,
  SearchPage,
  ServiceLevel,
  Settings,
  Stop,
  Tag,
  Team,
} from "@frontdesk/api";
import type { Snapshot } from "@frontdesk/realtime";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { http } from "../session/session.ts";

/** Lists that the server announces changes of; between those they stay as they are. */
const announced = 5 * 60_000;

function list<T>(key: string, path: string) {
  return queryOptions({
    queryKey: [key],
    queryFn: async ({ signal }) => (await http<Items<T>>("GET", path, { signal })).items,
    staleTime: announced,
  });
}

export const agentsQuery = list<Agent>("agents", "/v1/agents");
export const rolesQuery = list<Role>("roles", "/v1/roles");
export const teamsQuery = list<Team>("teams", "/v1/teams");
export const directCodesQuery = {
  ...list<DirectCode>("direct-codes", "/v1/direct-codes"),
  staleTime: 0, // changes of it are not announced
};
export const departmentsQuery = list<Department>("departments", "/v1/departments");
export const quickRepliesQuery = list<QuickReply>("quick-replies", "/v1/quick-replies");
export const categoriesQuery = list<string>("wrap-up", "/v1/wrap-up-categories");
export const knowledgeBasesQuery = list<KnowledgeBase>("knowledge", "/v1/knowledge-bases");
export const channelsQuery = list<Channel>("channels", "/v1/channels");
export const channelNamesQuery = {
  ...list<Pick<Channel, "id" | "name">>("channels", "/v1/channels/names"),
  queryKey: ["channels", "names"],
};

export const tagsQuery = list<Tag>("tags", "/v1/tags");
export const contactFieldsQuery = list<ContactField>("contact-fields", "/v1/contact-fields");

/** The parameters that are set. */
function given({ team_id, channel_id, agent_id, tag_id }: Narrowed = {}) {
  const named = Object.entries({ team_id, channel_id, agent_id, tag_id });
  return Object.fromEntries(named.filter((each): each is [string, string] => Boolean(each[1])));
}

export const routingQuery = (team: string) =>
  queryOptions({
    queryKey: ["routing", team],
    queryFn: ({ signal }) => http<RoutingView>("GET", `/v1/teams/${team}/routing`, { signal }),
    gcTime: 0,
  });

export const serviceLevelQuery = (team: string) =>
  queryOptions({
    queryKey: ["service-level", team],
    queryFn: async ({ signal }) =>
      (
        await http<{ service_level: ServiceLevel }>("GET", `/v1/teams/${team}/service-level`, {
          signal,
        })
      ).service_level,
    gcTime: 0,
  });

export const measuredQuery = (conversation: string) =>
  queryOptions({
    queryKey: ["service-level", "of", conversation],
    queryFn: ({ signal }) =>
      http<Measured>("GET", `/v1/conversations/${conversation}/service-level`, { signal }),
  });

export const settingsQuery = queryOptions({
  queryKey: ["settings"],
  queryFn: ({ signal }) => http<Settings>("GET", "/v1/settings", { signal }),
  staleTime: announced,
});

/** What of a list is wanted; null and undefined keep all. */
export type Narrowed = Partial<Omit<FilterCriteria, "shown">>;

export const filtersQuery = list<SavedFilter>("filters", "/v1/desk/filters");

export const conversationsQuery = (view: ConversationView, narrowed?: Narrowed) =>
  infiniteQueryOptions({
    queryKey: ["conversations", view, ...(narrowed ? [narrowed] : [])],
    queryFn: ({ signal, pageParam }) =>
      http<CursorPage<Snapshot>>("GET", "/v1/conversations", {
        signal,
        query: { ...given(narrowed), view, cursor: pageParam, limit: 50 },
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor ?? undefined,
    refetchInterval: view === "closed" ? false : 15_000,
  });

export const contactQuery = (id: string) =>
  queryOptions({
    queryKey: ["contact", id],
    queryFn: async ({ signal }) =>
      (await http<ContactAnswer>("GET", `/v1/contacts/${id}`, { signal })).contact,
  });

export const conversationTagsQuery = (id: string) =>
  queryOptions({
    queryKey: ["conversation-tags", id],
    queryFn: async ({ signal }) =>
      (await http<{ tags: readonly string[] }>("GET", `/v1/conversations/${id}/tags`, { signal }))
        .tags,
  });

export const trackQuery = (id: string) =>
  queryOptions({
    queryKey: ["contact", id, "track"],
    queryFn: async ({ signal }) =>
      (await http<Items<Stop>>("GET", `/v1/contacts/${id}/track`, { signal })).items,
  });

export const careQuery = (id: string) =>
  queryOptions({
    queryKey: ["contact", id, "care"],
    queryFn: ({ signal }) => http<Care>("GET", `/v1/contacts/${id}/care`, { signal }),
  });

export interface ContactFilter {
  readonly q?: string | undefined;
  readonly tag_id?: string | undefined;
  readonly vip?: number | undefined;
}

export const customersQuery = (filter: ContactFilter) =>
  infiniteQueryOptions({
    queryKey: ["contacts", filter],
    queryFn: ({ signal, pageParam }) =>
      http<CursorPage<Customer>>("GET", "/v1/contacts", {
        signal,
        query: { ...filter, cursor: pageParam, limit: 100 },
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const contactChangesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ["contact", id, "changes"],
    queryFn: ({ signal, pageParam }) =>
      http<CursorPage<ContactChange>>("GET", `/v1/contacts/${id}/changes`, {
        signal,
        query: { cursor: pageParam, limit: 20 },
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor ?? undefined,
  });

/** Newest first; `before` walks back in time. */
export const contactConversationsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ["contact", id, "conversations"],
    queryFn: ({ signal, pageParam }) =>
      http<ContactConversations>("GET", `/v1/contacts/${id}/conversations`, {
        signal,
        query: { before: pageParam, limit: 20 },
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => (page.more ? page.items.at(-1)?.id : undefined),
  });

export const decisionsQuery = (conversation: string) =>
  queryOptions({
    queryKey: ["decisions", conversation],
    queryFn: ({ signal }) =>
      http<Decisions>("GET", `/v1/conversations/${conversation}/decisions`, { signal }),
  });

export interface SearchFilter {
  readonly q: string;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly agent_id?: string | undefined;
  readonly tag_id?: string | undefined;
}

export const searchQuery = (filter: SearchFilter) =>
  infiniteQueryOptions({
    queryKey: ["search", filter],
    queryFn: ({ signal, pageParam }) =>
      http<SearchPage>("GET", "/v1/search", {
        signal,
        query: { ...filter, cursor: pageParam, limit: 20 },
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor ?? undefined,
    enabled: filter.q.length >= 2,
    placeholderData: keepPreviousData,
  });

export const leaveMessagesQuery = (state: "open" | "handled") =>
  infiniteQueryOptions({
    queryKey: ["leave-messages", state],
    queryFn: ({ signal, pageParam }) =>
      http<LeaveMessagePage>("GET", "/v1/leave-messages", {
        signal,
        query: { state, cursor: pageParam },
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor ?? undefined,
    staleTime: announced,
  });

export const questionsQuery = (base: string, q: string, category: string) =>
  infiniteQueryOptions({
    queryKey: ["knowledge", base, "questions", q, category],
    queryFn: ({ signal, pageParam }) =>
      http<CursorPage<Question>>("GET", `/v1/knowledge-bases/${base}/questions`, {
        signal,
        query: { q, category, cursor: pageParam },
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor ?? undefined,
    placeholderData: keepPreviousData,
  });
