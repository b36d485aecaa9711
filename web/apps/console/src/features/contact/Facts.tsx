import type { Contact } from "@frontdesk/api";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "../../i18n/translation.tsx";
import { contactFieldsQuery } from "../../shared/api/queries.ts";
import { can } from "../../shared/session/permissions.ts";
import { useMe } from "../../shared/session/session.ts";
import styles from "./contact.module.css";
import { InPlace } from "./InPlace.tsx";
import { OwnField } from "./OwnField.tsx";
import { useContactChange } from "./useContactChange.ts";
import { Vip } from "./Vip.tsx";

const types = { email: "email", phone: "tel" } as const;

export function Facts({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const me = useMe();
  const save = useContactChange(contact.id);
  const { data: fields = [] } = useQuery(contactFieldsQuery);
  const common = { version: contact.version, locked: !can(me, "contact.edit") };
  return (
    <section className={styles.section} aria-label={t("contact.facts")}>
      {(["name", "email", "phone", "company", "remark"] as const).map((name) => (
        <InPlace
          {...common}
          key={name}
          label={t(`contact.${name}`)}
          value={contact[name]}
          type={name === "email" || name === "phone" ? types[name] : "text"}
          lines={name === "remark"}
          required={name === "name"}
          save={(value, version) => save({ [name]: value, version })}
        />
      ))}
      {fields
        .filter(({ archived }) => !archived)
        .map((field) => (
          <OwnField
            {...common}
            key={field.id}
            field={field}
            value={contact.fields[field.key]}
            save={(value, version) => save({ fields: { [field.key]: value }, version })}
          />
        ))}
      <Vip contact={contact.id} />
      {contact.external_id ? (
        <div className={styles.fact}>
          <span className={styles.label}>{t("contact.external_id")}</span>
          <span>{contact.external_id}</span>
        </div>
      ) : null}
      <div className={styles.fact}>
        <span className={styles.label}>{t("contact.language")}</span>
        <span>{contact.language === "zh-CN" ? "简体中文" : "English"}</span>
      </div>
    </section>
  );
}
