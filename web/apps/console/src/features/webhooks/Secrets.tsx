import type { NewSecretAnswer, Webhook } from "@frontdesk/api";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import admin from "../../shared/admin/admin.module.css";
import { useSave } from "../../shared/admin/useSave.ts";
import { dateTime } from "../../shared/format/time.ts";

interface Props {
  readonly webhook: Webhook;
  readonly told: (secret: string) => void;
}

/** Changed without losing a request: a second one is added, and the first removed once the receiver knows the second. */
export function Secrets({ webhook, told }: Props) {
  const { t, i18n } = useTranslation();
  const [sure, setSure] = useState<string | null>(null);
  const save = useSave("webhooks", () => setSure(null));
  const path = `/v1/webhooks/${webhook.id}/secrets`;
  const { secrets } = webhook;
  const remove = (id: string) =>
    sure === id ? save.mutate([{ method: "DELETE", path: `${path}/${id}` }]) : setSure(id);
  const add = () =>
    save.mutate([{ method: "POST", path }], {
      onSuccess: (answer) => told((answer as NewSecretAnswer).secret.secret),
    });
  return (
    <section className={admin.section} aria-labelledby="webhook-secrets">
      <h2 id="webhook-secrets">{t("webhooks.secrets")}</h2>
      <p>{t(secrets.length > 1 ? "webhooks.secretsBoth" : "webhooks.secretsHint")}</p>
      <ul className={admin.rows}>
        {secrets.map(({ id, created_at }) => (
          <li key={id} className={admin.row} data-plain>
            <span className={admin.main}>
              <span>
                {t("webhooks.secretOf", { time: dateTime(created_at, Date.now(), i18n.language) })}
              </span>
            </span>
            {secrets.length > 1 ? (
              <Button
                size="compact-sm"
                color="red"
                variant={sure === id ? "filled" : "subtle"}
                loading={save.isPending}
                onClick={() => remove(id)}
              >
                {t(sure === id ? "admin.deleteSure" : "common.delete")}
              </Button>
            ) : (
              <Button size="compact-sm" variant="default" loading={save.isPending} onClick={add}>
                {t("webhooks.secretAdd")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
