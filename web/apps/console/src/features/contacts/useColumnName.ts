import { useTranslation } from "../../i18n/translation.tsx";
import type { Column, Fact } from "./columns.ts";

export function useColumnName() {
  const { t } = useTranslation();
  return (column: Column): string => {
    if (column.field) return column.field.label;
    const id = column.id as Fact;
    if (id === "tags") return t("tags.title");
    if (id === "visits" || id === "last_seen_at") return t(`contacts.column.${id}`);
    return t(`contact.${id}`);
  };
}
