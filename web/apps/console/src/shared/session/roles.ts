import type { Role } from "@frontdesk/api";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "../../i18n/translation.tsx";
import { rolesQuery } from "../api/queries.ts";

const builtIn = ["administrator", "leader", "agent", "inspector", "auditor"] as const;
type BuiltIn = (typeof builtIn)[number];

export const isBuiltIn = (id: string): id is BuiltIn => builtIn.some((known) => known === id);

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
