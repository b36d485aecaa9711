import type { AuditAction } from "@frontdesk/api";
import { audit } from "../../i18n/en/audit.ts";
import { useTranslation } from "../../i18n/translation.tsx";

/** Every kind of deed with its words here, in the order of the alphabet of their codes. */
export function useActions() {
  const { t } = useTranslation();
  return (Object.keys(audit.did) as AuditAction[]).map((value) => ({
    value,
    label: t(`audit.did.${value}`),
  }));
}
