import type { Snapshot } from "@frontdesk/realtime";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "../../../i18n/translation.tsx";
import { contactQuery } from "../../../shared/api/queries.ts";
import { can } from "../../../shared/session/permissions.ts";
import { useMe } from "../../../shared/session/session.ts";
import { type Facts, fillPlaces } from "./places.ts";

/** Fills the places of a saved reply with what is known of this conversation's people. */
export function useFilling({ contact }: Snapshot, wanted: boolean) {
  const { t } = useTranslation();
  const me = useMe();
  const enabled = wanted && can(me, "contact.read");
  const { data } = useQuery({ ...contactQuery(contact.id), enabled });
  const facts: Facts = {
    "contact.name": contact.name,
    "contact.email": data?.email ?? "",
    "contact.phone": data?.phone ?? "",
    "agent.name": me.agent.nickname || me.agent.name,
    "organization.name": me.organization.name,
  };
  const names: Facts = {
    "contact.name": t("contact.name"),
    "contact.email": t("contact.email"),
    "contact.phone": t("contact.phone"),
    "agent.name": t("composer.place.agent"),
    "organization.name": t("common.organization"),
  };
  return (text: string) => fillPlaces(text, facts, names);
}
