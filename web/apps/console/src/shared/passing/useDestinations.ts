import { useQuery } from "@tanstack/react-query";
import { talk } from "../../i18n/en/talk.ts";
import { addEnglish } from "../../i18n/i18n.ts";
import { useTranslation } from "../../i18n/translation.tsx";
import { agentsQuery, departmentsQuery, teamsQuery } from "../api/queries.ts";

addEnglish(talk);

/** Where a conversation can be handed to, as a select shows it. */
export function useDestinations(enabled = true) {
  const { t } = useTranslation();
  const { data: teams = [] } = useQuery({ ...teamsQuery, enabled });
  const { data: departments = [] } = useQuery({ ...departmentsQuery, enabled });
  const { data: agents = [] } = useQuery({ ...agentsQuery, enabled });
  const people = agents.filter((each) => each.kind === "human" && each.enabled);
  const groups = [
    {
      group: t("transfer.teams"),
      items: teams.map(({ id, name }) => ({ value: `team ${id}`, label: name })),
    },
    {
      group: t("transfer.departments"),
      items: departments.map(({ id, name }) => ({ value: `department ${id}`, label: name })),
    },
    {
      group: t("transfer.agents"),
      items: people.map(({ id, name, nickname }) => ({
        value: `agent ${id}`,
        label: name || nickname,
      })),
    },
  ];
  return groups.filter(({ items }) => items.length > 0);
}
