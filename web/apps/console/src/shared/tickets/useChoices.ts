import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "../../i18n/translation.tsx";
import { agentsQuery, teamsQuery } from "../api/queries.ts";

export const priorities = ["low", "normal", "high", "urgent"] as const;
export const ticketStates = ["open", "waiting", "solved"] as const;

/** Whom and what a ticket can be given: names by id, and what is offered to choose from. */
export function useChoices() {
  const { t } = useTranslation();
  const { data: agents = [] } = useQuery(agentsQuery);
  const { data: teams = [] } = useQuery(teamsQuery);
  const nameOf = (list: readonly { id: string; name: string; nickname?: string }[], id: string) => {
    const found = list.find((each) => each.id === id);
    return found?.name || found?.nickname || t("conversation.system.somebody");
  };
  return {
    agent: (id: string) => nameOf(agents, id),
    team: (id: string) => nameOf(teams, id),
    agents: agents
      .filter(({ kind, enabled }) => kind === "human" && enabled)
      .map(({ id, name, nickname }) => ({ value: id, label: name || nickname })),
    teams: teams.map(({ id, name }) => ({ value: id, label: name })),
    priorities: priorities.map((value) => ({ value, label: t(`tickets.priorities.${value}`) })),
    states: ticketStates.map((value) => ({ value, label: t(`tickets.states.${value}`) })),
  };
}
