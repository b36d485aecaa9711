import type { AgentStatus } from "@frontdesk/api";
import type { Snapshot } from "@frontdesk/realtime";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "../../i18n/translation.tsx";
import { agentsQuery, teamsQuery } from "../api/queries.ts";
import { useLive } from "../live/connection.ts";
import type { Target } from "./Targets.tsx";

const order: Record<AgentStatus, number> = { online: 0, busy: 1, away: 2, offline: 3 };

/** Who may take over, best first; status and load as they are this second. */
export function useTargets(snapshot: Snapshot) {
  const { t } = useTranslation();
  const live = useLive((state) => state.agents);
  const waiting = useLive((state) => state.waiting);
  const { data: agents = [] } = useQuery(agentsQuery);
  const { data: teams = [] } = useQuery(teamsQuery);

  const people = agents
    .filter(({ id, kind, enabled }) => kind === "human" && enabled && id !== snapshot.agent?.id)
    .map((agent) => ({ ...agent, ...live[agent.id], name: agent.name || agent.nickname }))
    .filter(({ status }) => status !== "offline")
    .sort((a, b) => order[a.status] - order[b.status] || a.load / a.capacity - b.load / b.capacity)
    .map(({ id, name, avatar_url, status, load, capacity }): Target => {
      const full = load >= capacity;
      const seats = t("shell.seatsShort", { load, capacity });
      const hint = full ? `${seats} · ${t("transfer.full")}` : seats;
      return { kind: "agent", id, name, avatar_url, status, hint, disabled: full };
    });

  const groups = teams.map((team): Target => {
    const here = team.members.filter(({ agent_id }) => {
      const status = live[agent_id]?.status ?? agents.find(({ id }) => id === agent_id)?.status;
      return status === "online";
    }).length;
    const count = waiting[team.id]?.count ?? 0;
    const hint = `${t("transfer.members", { count: here })} · ${t("transfer.waiting", { count })}`;
    return { kind: "team", id: team.id, name: team.name, avatar_url: null, hint, disabled: false };
  });
  return { agents: people, teams: groups };
}
