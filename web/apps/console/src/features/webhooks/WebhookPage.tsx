import type { Delivery, Webhook } from "@frontdesk/api";
import { ActionIcon, Button } from "@mantine/core";
import { IconArrowLeft, IconPencil, IconSend2 } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import admin from "../../shared/admin/admin.module.css";
import { dateTime } from "../../shared/format/time.ts";
import { http } from "../../shared/session/session.ts";
import { useFailure } from "../../shared/ui/failure.ts";
import { Deliveries } from "./Deliveries.tsx";
import { webhooksQuery } from "./queries.ts";
import { Secrets } from "./Secrets.tsx";
import { Standing } from "./Standing.tsx";
import { TestResult } from "./TestResult.tsx";
import { WebhookForm } from "./WebhookForm.tsx";
import styles from "./webhooks.module.css";

interface Props {
  readonly webhook: Webhook;
  readonly back: () => void;
  /** Shows a secret that was made just now. */
  readonly told: (secret: string) => void;
}

/** One webhook: how it stands, its secrets, and what was sent to it. */
export function WebhookPage({ webhook, back, told }: Props) {
  const { t, i18n } = useTranslation();
  const failure = useFailure();
  const queries = useQueryClient();
  const [changing, setChanging] = useState(false);
  const test = useMutation({
    mutationFn: () =>
      http<{ delivery: Delivery }>("POST", `/v1/webhooks/${webhook.id}/test`, { body: {} }),
    onError: failure.show,
    onSettled: () => queries.invalidateQueries({ queryKey: ["webhooks", webhook.id] }),
  });
  // Nothing is to ask for the deliveries of what is gone.
  const forget = () => {
    queries.removeQueries({ queryKey: ["webhooks", webhook.id] });
    queries.setQueryData(webhooksQuery.queryKey, (held) =>
      held?.filter(({ id }) => id !== webhook.id),
    );
    back();
  };
  return (
    <div className={admin.page}>
      <div className={admin.inner}>
        <header className={admin.head}>
          <div className={styles.title}>
            <ActionIcon variant="subtle" color="gray" aria-label={t("common.back")} onClick={back}>
              <IconArrowLeft size={20} />
            </ActionIcon>
            <div>
              <h1>{webhook.description || webhook.url}</h1>
              <p>
                {webhook.description ? `${webhook.url} · ` : ""}
                {t("webhooks.count", { count: webhook.events.length })}
              </p>
              <p>
                <Standing webhook={webhook} />{" "}
                {webhook.failing_since === null
                  ? null
                  : t("webhooks.failingSince", {
                      time: dateTime(webhook.failing_since, Date.now(), i18n.language),
                    })}
              </p>
            </div>
          </div>
          <div className={styles.buttons}>
            <Button
              variant="default"
              leftSection={<IconPencil size={16} />}
              onClick={() => setChanging(true)}
            >
              {t("webhooks.change")}
            </Button>
            <Button
              leftSection={<IconSend2 size={16} />}
              loading={test.isPending}
              onClick={() => test.mutate()}
            >
              {t("webhooks.test")}
            </Button>
          </div>
        </header>
        {test.data ? <TestResult webhook={webhook.id} delivery={test.data.delivery.id} /> : null}
        <Secrets webhook={webhook} told={told} />
        <Deliveries webhook={webhook.id} />
      </div>
      {changing ? (
        <WebhookForm webhook={webhook} close={() => setChanging(false)} removed={forget} />
      ) : null}
    </div>
  );
}
