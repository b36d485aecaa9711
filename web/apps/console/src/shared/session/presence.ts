import type { Agent, AgentStatus } from "@frontdesk/api";
import { useMutation } from "@tanstack/react-query";
import { useLive } from "../live/connection.ts";
import { useFailure } from "../ui/failure.ts";
import { http, replaceMe, useMe } from "./session.ts";

export const statuses: readonly AgentStatus[] = ["online", "busy", "away", "offline"];

/** My status and seats: what the live connection says, or what was true when I signed in. */
export function usePresence() {
  const { agent } = useMe();
  const live = useLive((state) => state.agents[agent.id]);
  const { status, load, capacity } = live ?? agent;
  const since = live?.since || agent.status_since;
  return { status, load, capacity, since, reason: live?.reason ?? agent.reason };
}

/** A status, or one with the reason of a break. */
export type Chosen = AgentStatus | { readonly status: AgentStatus; readonly reason: string };

export function useSetStatus() {
  const me = useMe();
  const failure = useFailure();
  return useMutation({
    mutationFn: (chosen: Chosen) =>
      http<{ agent: Agent }>("PUT", "/v1/me/status", {
        body: typeof chosen === "string" ? { status: chosen } : chosen,
      }),
    onSuccess: ({ agent }) => replaceMe({ ...me, agent: { ...me.agent, ...agent } }),
    onError: failure.show,
  });
}
