import type { Mention } from "@frontdesk/api";
import type { TFunction } from "i18next";

/** Why one is told: a colleague named one, or nobody did and a customer answered what a ticket waited for. */
export const whyNamed = (t: TFunction, { by, conversation }: Mention) =>
  by ? t("mentions.by", { name: by }) : t("mentions.answered", { name: conversation.contact.name });
