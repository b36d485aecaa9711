import type { Customer, Tag } from "@frontdesk/api";
import { useTranslation } from "../../i18n/translation.tsx";
import { dateTime } from "../../shared/format/time.ts";
import { TagChip } from "../../shared/tags/TagChip.tsx";
import type { Column } from "./columns.ts";
import styles from "./contacts.module.css";

interface Props {
  readonly column: Column;
  readonly customer: Customer;
  readonly tags: ReadonlyMap<string, Tag>;
}

export function Cell({ column, customer, tags }: Props) {
  const { t, i18n } = useTranslation();
  const { contact, owner, vip } = customer;
  if (column.field) {
    const value = contact.fields[column.field.key];
    const shown = typeof value === "boolean" ? t(value ? "fields.yes" : "fields.no") : value;
    return <bdi>{shown ?? ""}</bdi>;
  }
  switch (column.id) {
    case "tags":
      return (
        <span className={styles.chips}>
          {contact.tags.map((id) => {
            const tag = tags.get(id);
            return tag ? <TagChip key={id} tag={tag} /> : null;
          })}
        </span>
      );
    case "vip":
      return <>{vip ? t("contact.vipLevel", { level: vip }) : ""}</>;
    case "owner":
      return <bdi>{owner}</bdi>;
    case "visits":
      return <>{contact.visits}</>;
    case "last_seen_at":
      return <>{dateTime(contact.last_seen_at, Date.now(), i18n.language)}</>;
    default:
      return <bdi>{contact[column.id as "email" | "phone" | "company" | "external_id"] ?? ""}</bdi>;
  }
}
