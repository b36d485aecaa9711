import type { Agent } from "@frontdesk/api";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "../../shared/admin/admin.module.css";
import { departmentsQuery } from "../../shared/api/queries.ts";
import { useLive } from "../../shared/live/connection.ts";
import { useRoles } from "../../shared/session/roles.ts";
import { Face } from "../../shared/ui/Face.tsx";

interface Props {
  readonly agents: readonly Agent[];
  readonly locked: boolean;
  readonly edit: (agent: Agent) => void;
}

export function AgentRows({ agents, locked, edit }: Props) {
  const { t } = useTranslation();
  const live = useLive((state) => state.agents);
  const { nameOf } = useRoles();
  const { data: departments = [] } = useQuery(departmentsQuery);
  const people = agents.filter(({ kind }) => kind === "human");
  return (
    <ul className={styles.rows}>
      {people.map((agent) => {
        const { status, load, capacity } = live[agent.id] ?? agent;
        return (
          <li key={agent.id}>
            <button
              type="button"
              className={styles.row}
              data-off={!agent.enabled || undefined}
              disabled={locked}
              onClick={() => edit(agent)}
            >
              <Face
                id={agent.id}
                name={agent.name || agent.nickname}
                src={agent.avatar_url}
                status={status}
              />
              <span className={styles.main}>
                <strong>{agent.name || agent.nickname}</strong>
                <small>
                  {agent.nickname} · {agent.username}
                </small>
              </span>
              {agent.enabled ? null : <span className={styles.aside}>{t("staff.disabled")}</span>}
              <span className={styles.aside} data-extra>
                {departments.find(({ id }) => id === agent.department_id)?.name}
              </span>
              <span className={styles.aside} data-extra>
                {nameOf(agent.role)}
              </span>
              <span className={styles.aside}>{t("shell.seatsShort", { load, capacity })}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
