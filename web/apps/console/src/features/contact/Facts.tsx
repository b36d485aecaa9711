import type { Contact, ContactAnswer, ContactInput } from "@frontdesk/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { contactQuery } from "../../shared/api/queries.ts";
import { can } from "../../shared/session/permissions.ts";
import { http, useMe } from "../../shared/session/session.ts";
import { useFailure } from "../../shared/ui/failure.ts";
import styles from "./contact.module.css";
import { InPlace } from "./InPlace.tsx";

export function Facts({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const me = useMe();
  const queries = useQueryClient();
  const failure = useFailure();
  const { queryKey } = contactQuery(contact.id);
  const save = useMutation({
    mutationFn: (body: ContactInput) =>
      http<ContactAnswer>("PATCH", `/v1/contacts/${contact.id}`, { body }),
    onMutate: (change) => {
      const before = queries.getQueryData(queryKey);
      queries.setQueryData(queryKey, (held) => (held ? { ...held, ...change } : held));
      return before;
    },
    onError: (error, _, before) => {
      queries.setQueryData(queryKey, before);
      failure.show(error);
    },
    onSettled: () => queries.invalidateQueries({ queryKey, exact: true }),
  });
  const locked = !can(me, "contact.edit");
  return (
    <section className={styles.section} aria-label={t("contact.facts")}>
      {(["name", "email", "phone", "remark"] as const).map((field) => (
        <InPlace
          key={field}
          label={t(`contact.${field}`)}
          value={contact[field] ?? ""}
          type={field === "email" ? "email" : field === "phone" ? "tel" : "text"}
          lines={field === "remark"}
          required={field === "name"}
          locked={locked}
          save={(value) => save.mutate({ [field]: value })}
        />
      ))}
      <div className={styles.fact}>
        <span className={styles.label}>{t("contact.language")}</span>
        <span>{contact.language === "zh-CN" ? "简体中文" : "English"}</span>
      </div>
    </section>
  );
}
