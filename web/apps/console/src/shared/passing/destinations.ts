import type { MacroStep } from "@frontdesk/api";

type Transfer = Extract<MacroStep, { do: "transfer" }>;

/** The step that hands to what was chosen; to nobody yet when nothing was. */
export function transferTo(value: string): Transfer {
  const [to, id = null] = value.split(" ");
  const only = (kind: string) => (to === kind ? id : null);
  return {
    do: "transfer",
    team_id: only("team"),
    agent_id: only("agent"),
    department_id: only("department"),
  };
}

/** What is chosen where a step hands to. */
export function destinationOf({ team_id, agent_id, department_id }: Transfer): string {
  if (team_id) return `team ${team_id}`;
  if (agent_id) return `agent ${agent_id}`;
  return department_id ? `department ${department_id}` : "";
}
