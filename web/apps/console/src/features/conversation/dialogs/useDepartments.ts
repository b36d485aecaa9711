import type { Snapshot } from "@frontdesk/realtime";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "../../../i18n/translation.tsx";
import { agentsQuery, departmentsQuery } from "../../../shared/api/queries.ts";
import { useLive } from "../../../shared/live/connection.ts";
import type { Target } from "../../../shared/passing/Targets.tsx";

/** Where it may go to whoever of a department is free. Nobody is there but who has it: then it can go nowhere. */
export function useDepartments(snapshot: Snapshot): readonly Target[] {
  const { t } = useTranslation();
  const live = useLive((state) => state.agents);
  const { data: agents = [] } = useQuery(agentsQuery);
  const { data: departments = [] } = useQuery(departmentsQuery);

  return departments.map(({ id, name }): Target => {
    const statuses = agents
      .filter((agent) => agent.kind === "human" && agent.department_id === id)
      .filter((agent) => agent.enabled && agent.id !== snapshot.agent?.id)
      .map((agent) => live[agent.id]?.status ?? agent.status);
    const count = statuses.filter((status) => status === "online").length;
    return {
      kind: "department",
      id,
      name,
      avatar_url: null,
      hint: t("transfer.members", { count }),
      disabled: statuses.every((status) => status === "offline"),
    };
  });
}
