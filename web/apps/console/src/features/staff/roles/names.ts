import type { Permission, Role } from "@frontdesk/api";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { rolesQuery } from "../../../shared/api/queries.ts";

const builtIn = ["administrator", "leader", "agent", "inspector", "auditor"] as const;
type BuiltIn = (typeof builtIn)[number];

export const isBuiltIn = (id: string): id is BuiltIn => builtIn.some((known) => known === id);

export const groups: Readonly<Record<string, readonly Permission[]>> = {
  conversations: [
    "conversation.read_own",
    "conversation.write_own",
    "conversation.take",
    "conversation.transfer",
    "conversation.close_any",
    "search.use",
    "quick_reply.use",
  ],
  contacts: ["contact.read", "contact.edit", "leave_message.handle"],
  people: ["staff.read", "staff.manage", "role.manage", "team.manage"],
  organization: [
    "settings.manage",
    "channel.manage",
    "knowledge.manage",
    "quick_reply.manage",
    "webhook.manage",
    "client.manage",
    "audit.read",
  ],
};

/** How roles are called here: a built-in one by the language, another by the name it was given. */
export function useRoles() {
  const { t } = useTranslation();
  const { data: roles = [], ...query } = useQuery(rolesQuery);
  const own = (id: string) => roles.find((role) => role.id === id);
  return {
    roles,
    query,
    nameOf: (id: string) => (isBuiltIn(id) ? t(`roles.title.${id}`) : (own(id)?.name ?? "")),
    aboutOf: (role: Role) =>
      isBuiltIn(role.id) ? t(`roles.about.${role.id}`) : t(`roles.reach.${role.scope}`),
  };
}
