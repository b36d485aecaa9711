import type { AgentStatus, CursorPage, Items, Queue } from "@frontdesk/api";
import type { Snapshot } from "@frontdesk/realtime";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { http } from "../session/session.ts";

/** Who waits, the longest first; asked for again when the server says that a queue has changed. */
export const waitingQuery = (team: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ["conversations", "waiting", team ?? "all"],
    queryFn: ({ signal, pageParam }) =>
      http<CursorPage<Snapshot>>("GET", "/v1/conversations", {
        signal,
        query: { view: "waiting", team_id: team, cursor: pageParam, limit: 50 },
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor ?? undefined,
    placeholderData: keepPreviousData,
  });

/** The queues that one follows. `count` is part of the key: it moves when somebody comes or goes. */
export const queuesQuery = (count: number) =>
  queryOptions({
    queryKey: ["queues", count],
    queryFn: async ({ signal }) =>
      (await http<Items<Queue>>("GET", "/v1/queues", { signal })).items,
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  });

/** What an agent has now. `load` is part of the key: it moves when a conversation comes or goes. */
export const conversationsOfQuery = (agent: string, load: number) =>
  queryOptions({
    queryKey: ["conversations", "of", agent, load],
    queryFn: async ({ signal }) =>
      (await http<CursorPage<Snapshot>>("GET", `/v1/agents/${agent}/conversations`, { signal }))
        .items,
    placeholderData: keepPreviousData,
  });

export const setStatusOf = (agent: string, status: AgentStatus) =>
  http<unknown>("PUT", `/v1/agents/${agent}/status`, { body: { status } });
