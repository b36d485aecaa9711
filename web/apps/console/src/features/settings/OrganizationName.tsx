import type { OrganizationAnswer } from "@frontdesk/api";
import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import styles from "../../shared/admin/admin.module.css";
import { useSave } from "../../shared/admin/useSave.ts";
import { replaceMe, useMe } from "../../shared/session/session.ts";

/** What the organization is called, and the short name that its people sign in with, which stays. */
export function OrganizationName() {
  const { t } = useTranslation();
  const me = useMe();
  const { name: held, slug } = me.organization;
  const [typed, setTyped] = useState<string | null>(null);
  const save = useSave("organization", (answer) => {
    replaceMe({ ...me, organization: (answer as OrganizationAnswer).organization });
    setTyped(null);
  });
  const name = typed ?? held;
  const ready = name.trim() !== "" && name !== held;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) save.mutate([{ method: "PATCH", path: "/v1/organization", body: { name } }]);
  };
  return (
    <section className={styles.section}>
      <h2>{t("organization.title")}</h2>
      <form className={styles.field} onSubmit={submit}>
        <div>
          <label htmlFor="organization-name">{t("organization.name")}</label>
          <small id="organization-name-hint">{t("organization.nameHint", { slug })}</small>
        </div>
        <div>
          <TextInput
            id="organization-name"
            aria-describedby="organization-name-hint"
            maxLength={80}
            value={name}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          {typed === null || typed === held ? null : (
            <Button type="submit" size="xs" mt="xs" disabled={!ready} loading={save.isPending}>
              {t("common.save")}
            </Button>
          )}
        </div>
      </form>
    </section>
  );
}
