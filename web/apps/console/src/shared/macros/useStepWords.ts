import type { MacroStep } from "@frontdesk/api";
import { useQuery } from "@tanstack/react-query";
import * as words from "../../i18n/en/macros.ts";
import { addEnglish } from "../../i18n/i18n.ts";
import { useTranslation } from "../../i18n/translation.tsx";
import {
  agentsQuery,
  departmentsQuery,
  quickRepliesQuery,
  tagsQuery,
  teamsQuery,
} from "../api/queries.ts";
import { span } from "../format/time.ts";
import { can } from "../session/permissions.ts";
import { useMe } from "../session/session.ts";
import { wrapUpWords } from "../wrapUp/words.ts";

addEnglish(words);

interface Named {
  readonly id: string;
}

/** Says in words what a step does, with the names of what it is about. */
export function useStepWords(): (step: MacroStep) => string {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const { data: replies } = useQuery({
    ...quickRepliesQuery,
    enabled: can(me, "quick_reply.use"),
  });
  const { data: tags } = useQuery({ ...tagsQuery, enabled: can(me, "contact.read") });
  const { data: teams } = useQuery(teamsQuery);
  const { data: agents } = useQuery(agentsQuery);
  const { data: departments } = useQuery(departmentsQuery);
  const named = <T extends Named>(
    list: readonly T[] | undefined,
    id: string,
    name: (one: T) => string,
  ) => {
    const found = list?.find((each) => each.id === id);
    return found ? name(found) : t(list ? "macros.gone" : "common.loading");
  };
  return (step) => {
    switch (step.do) {
      case "reply":
        return t("macros.say.reply", {
          name: named(replies, step.reply_id, ({ title }) => title),
        });
      case "note":
        return t("macros.say.note", { text: step.text.replace(/\s+/g, " ").slice(0, 80) });
      case "tag":
        return t("macros.say.tag", { name: named(tags, step.tag_id, ({ name }) => name) });
      case "untag":
        return t("macros.say.untag", { name: named(tags, step.tag_id, ({ name }) => name) });
      case "flag":
        return t(step.important ? "macros.say.flag" : "macros.say.unflag");
      case "vip":
        return step.level ? t("macros.say.vip", { level: step.level }) : t("macros.say.notVip");
      case "invite_rating":
        return t("macros.say.invite_rating");
      case "wrap_up":
        return t("macros.say.wrap_up", {
          text: wrapUpWords(t, step) || step.remark.slice(0, 80),
        });
      case "snooze":
        return t("macros.say.snooze", { time: span(step.for_s * 1000, i18n.language) });
      case "wake":
        return t("macros.say.wake");
      case "transfer":
        return t("macros.say.transfer", {
          name: step.agent_id
            ? named(agents, step.agent_id, ({ name, nickname }) => name || nickname)
            : step.department_id
              ? named(departments, step.department_id, ({ name }) => name)
              : named(teams, step.team_id ?? "", ({ name }) => name),
        });
      case "close":
        return t("macros.say.close");
    }
  };
}
