import type { Agent, AgentStatus } from "@frontdesk/api";
import { useMutation } from "@tanstack/react-query";
import type { TFunction } from "i18next";
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
  const reason = live?.reason ?? agent.reason;
  return { status, load, capacity, since, reason, wraps: live?.wraps_until ?? null };
}

/** Why somebody is away; of a break that nobody chose the server only says which it was. */
export function reasonIn(t: TFunction, reason: string): string {
  return reason === "missed_offers" ? t("presence.missed") : reason;
}

/** Seconds that are left of wrapping up; 0 when new conversations come. */
export function secondsOf(wraps: number | null | undefined, now: number): number {
  return Math.max(0, Math.round(((wraps ?? 0) - now) / 1000));
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
