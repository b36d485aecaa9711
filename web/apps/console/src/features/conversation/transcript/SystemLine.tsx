import type { Entry } from "@frontdesk/realtime";
import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useTranslation } from "../../../i18n/translation.tsx";
import { departmentsQuery, teamsQuery } from "../../../shared/api/queries.ts";
import { clockTime, dateTime } from "../../../shared/format/time.ts";
import styles from "./transcript.module.css";

type TeamName = (id: string | null) => string;

function resolved(t: TFunction, value: boolean | null = null): string {
  if (value === null) return "";
  return ` · ${t(value ? "conversation.system.resolved" : "conversation.system.unresolved")}`;
}

function words(
  t: TFunction,
  entry: Entry,
  team: TeamName,
  department: string,
  time: string,
): string {
  switch (entry.kind) {
    case "opened": {
      const page = entry.body.page?.title || entry.body.page?.url;
      return page ? t("conversation.system.openedOn", { page }) : t("conversation.system.opened");
    }
    case "queued":
      return t(`conversation.system.queued.${entry.body.reason}`, {
        team: team(entry.body.team_id),
      });
    case "unqueued":
      return t(`conversation.system.unqueued.${entry.body.reason}`);
    case "assigned":
      return t(`conversation.system.assigned.${entry.body.reason}`, {
        name: entry.body.agent.name,
      });
    case "transferred": {
      const { from, to_agent, to_team_id, to_department_id } = entry.body;
      const by = from?.name ?? t("conversation.system.somebody");
      if (to_agent) {
        return t("conversation.system.transferredAgent", { from: by, to: to_agent.name });
      }
      return to_department_id
        ? t("conversation.system.transferredDepartment", { from: by, to: department })
        : t("conversation.system.transferredTeam", { from: by, to: team(to_team_id) });
    }
    case "joined": {
      const { agent, invited_by } = entry.body;
      return invited_by
        ? t("conversation.system.joinedInvited", { name: agent.name, by: invited_by.name })
        : t("conversation.system.joined", { name: agent.name });
    }
    case "left":
      return t("conversation.system.left", { name: entry.body.agent.name });
    case "rating_invited":
      return t("conversation.system.ratingInvited");
    case "rated": {
      const { score, remark, levels = 5 } = entry.body;
      const said = remark ? ` · ${remark}` : "";
      return (
        t("conversation.system.rated", { score, levels }) + resolved(t, entry.body.resolved) + said
      );
    }
    case "answer_rated":
      return t(`conversation.system.${entry.body.helpful ? "helpful" : "unhelpful"}`);
    case "wrapped_up": {
      const { category, remark, solved } = entry.body;
      const named = category || t("closing.noCategory");
      const said = remark ? ` · ${remark}` : "";
      return t("conversation.system.wrappedUp", { category: named }) + resolved(t, solved) + said;
    }
    case "snoozed":
      return t("conversation.system.snoozed", { name: entry.sender.name ?? "", time });
    case "woken":
      return t(`conversation.system.woken.${entry.body.reason}`, { name: entry.sender.name ?? "" });
    case "message":
      // What the visitor wrote while it was put aside; the message itself is the next line.
      return t("conversation.system.woken.visitor");
    case "closed":
      return t(`conversation.system.closed.${entry.body.reason}`);
    case "reopened":
      return t("conversation.system.reopened");
    case "erased":
      return t("conversation.system.erased");
    default:
      return "";
  }
}

export function SystemLine({ entry }: { entry: Entry }) {
  const { t, i18n } = useTranslation();
  const { data: teams } = useQuery(teamsQuery);
  const team: TeamName = (id) =>
    teams?.find((each) => each.id === id)?.name ?? t("conversation.system.team");
  const to = entry.kind === "transferred" ? entry.body.to_department_id : undefined;
  const { data: departments } = useQuery({ ...departmentsQuery, enabled: to !== undefined });
  const department =
    departments?.find((each) => each.id === to)?.name ?? t("conversation.system.department");
  const until =
    entry.kind === "snoozed" ? dateTime(entry.body.until, Date.now(), i18n.language) : "";
  const answers = (entry.kind === "opened" && entry.body.answers) || [];
  return (
    <>
      <p className={styles.system} data-kind={entry.kind}>
        {words(t, entry, team, department, until)}
        <time dateTime={new Date(entry.at).toISOString()}>
          {clockTime(entry.at, i18n.language)}
        </time>
      </p>
      {answers.length > 0 && (
        <dl className={styles.answers}>
          {answers.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
