import type { Webhook } from "@frontdesk/api";
import { Button } from "@mantine/core";
import { IconPlus, IconWebhook } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import admin from "../../shared/admin/admin.module.css";
import { Page } from "../../shared/admin/Page.tsx";
import { dateTime } from "../../shared/format/time.ts";
import { Failed } from "../../shared/ui/Failed.tsx";
import { Nothing } from "../../shared/ui/Nothing.tsx";
import { lastDeliveryQuery, webhooksQuery } from "./queries.ts";
import { SecretOnce } from "./SecretOnce.tsx";
import { Standing } from "./Standing.tsx";
import { WebhookForm } from "./WebhookForm.tsx";
import { WebhookPage } from "./WebhookPage.tsx";
import styles from "./webhooks.module.css";

function Row({ webhook, open }: { webhook: Webhook; open: () => void }) {
  const { t, i18n } = useTranslation();
  const { data: last } = useQuery(lastDeliveryQuery(webhook.id));
  const count = t("webhooks.count", { count: webhook.events.length });
  return (
    <li>
      <button
        type="button"
        className={admin.row}
        data-off={!webhook.enabled || undefined}
        onClick={open}
      >
        <span className={admin.main}>
          <strong>{webhook.description || webhook.url}</strong>
          <small>
            {webhook.description ? `${webhook.url} · ` : ""}
            {count}
          </small>
        </span>
        <span className={`${admin.aside} ${styles.last}`}>
          <Standing webhook={webhook} />
          {last ? (
            <span>
              {t(`webhooks.state.${last.state}`)} · {dateTime(last.at, Date.now(), i18n.language)}
            </span>
          ) : last === null ? (
            t("webhooks.never")
          ) : null}
        </span>
      </button>
    </li>
  );
}

/** Addresses of other programs that are told what happens. */
export function Webhooks() {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  const [opened, setOpened] = useState<string | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const query = useQuery(webhooksQuery);
  const shown = query.data?.find(({ id }) => id === opened);
  const once = secret ? <SecretOnce secret={secret} close={() => setSecret(null)} /> : null;
  if (shown) {
    return (
      <>
        <WebhookPage webhook={shown} back={() => setOpened(null)} told={setSecret} />
        {once}
      </>
    );
  }
  const add = (
    <Button
      leftSection={<IconPlus size={16} />}
      disabled={!query.data}
      onClick={() => setAdding(true)}
    >
      {t("webhooks.add")}
    </Button>
  );
  return (
    <Page title={t("shell.webhooks")} hint={t("webhooks.hint")} actions={add}>
      {query.isError ? <Failed error={query.error} retry={() => void query.refetch()} /> : null}
      {query.data?.length === 0 ? (
        <Nothing icon={<IconWebhook size={28} />} title={t("webhooks.none")}>
          {t("webhooks.noneHint")}
        </Nothing>
      ) : null}
      {query.data?.length ? (
        <ul className={admin.rows}>
          {query.data.map((one) => (
            <Row key={one.id} webhook={one} open={() => setOpened(one.id)} />
          ))}
        </ul>
      ) : null}
      {adding ? (
        <WebhookForm
          webhook={null}
          close={() => setAdding(false)}
          made={(answer) => {
            setSecret(answer.secret.secret);
            setOpened(answer.webhook.id);
          }}
        />
      ) : null}
      {once}
    </Page>
  );
}
