import type { AuditEntry } from "@frontdesk/api";
import { useQuery } from "@tanstack/react-query";
import type { audit } from "../../i18n/en/audit.ts";
import { useTranslation } from "../../i18n/translation.tsx";
import { agentsQuery } from "../../shared/api/queries.ts";
import { useRoles } from "../../shared/session/roles.ts";

type Counted = keyof typeof audit.fact;
type Way = keyof typeof audit.by;

/** What an entry tells besides: numbers with their meaning, permissions as sentences, people and roles by name. */
export function useFacts() {
  const { t } = useTranslation();
  const { nameOf } = useRoles();
  const agents = useQuery(agentsQuery);
  const one = (key: string, value: string | number): string => {
    const text = String(value);
    if (key === "days" && value === 0) return t("audit.forEver");
    if (typeof value === "number")
      return t(`audit.fact.${key as Counted}`, { value, defaultValue: text });
    if (key === "by") return t(`audit.by.${text as Way}`, { defaultValue: text });
    if (key === "role") return nameOf(text) || text;
    if (key === "permissions" || key === "scopes")
      return t(`roles.may.${text as "search.use"}`, { defaultValue: text });
    return agents.data?.find(({ id }) => id === text)?.name ?? text;
  };
  return (facts: AuditEntry["facts"]): string[] =>
    Object.entries(facts)
      .map(([key, value]) =>
        Array.isArray(value)
          ? value.map((each) => one(key, each)).join(", ")
          : one(key, value as string | number),
      )
      .filter(Boolean);
}
