import type { Agent, Team } from "@frontdesk/api";
import { IconUsersGroup } from "@tabler/icons-react";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "../../shared/admin/admin.module.css";
import { useLive } from "../../shared/live/connection.ts";
import { Nothing } from "../../shared/ui/Nothing.tsx";

interface Props {
  readonly teams: readonly Team[];
  readonly agents: readonly Agent[];
  readonly edit: (team: Team) => void;
}

export function TeamRows({ teams, agents, edit }: Props) {
  const { t } = useTranslation();
  const waiting = useLive((state) => state.waiting);
  if (teams.length === 0) {
    return (
      <Nothing icon={<IconUsersGroup size={28} />} title={t("transfer.noTeams")}>
        {t("staff.noTeamsHint")}
      </Nothing>
    );
  }
  const nameOf = (id: string) => agents.find((agent) => agent.id === id)?.name ?? "";
  return (
    <ul className={styles.rows}>
      {teams.map((team) => (
        <li key={team.id}>
          <button type="button" className={styles.row} onClick={() => edit(team)}>
            <span className={styles.main}>
              <strong>{team.name}</strong>
              <small>
                {team.members
                  .map(({ agent_id }) => nameOf(agent_id))
                  .filter(Boolean)
                  .join(", ") || t("staff.noMembers")}
              </small>
            </span>
            <span className={styles.aside} data-extra>
              {t(`staff.policy.${team.policy}`)}
            </span>
            <span className={styles.aside}>
              {t("transfer.waiting", { count: waiting[team.id]?.count ?? 0 })}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
