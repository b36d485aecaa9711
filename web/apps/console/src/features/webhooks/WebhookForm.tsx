import type { NewWebhookAnswer, Webhook, WebhookEvent } from "@frontdesk/api";
import { Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { FormDialog } from "../../shared/admin/FormDialog.tsx";
import { useSave } from "../../shared/admin/useSave.ts";
import { Events } from "./Events.tsx";

interface Props {
  readonly webhook: Webhook | null;
  readonly close: () => void;
  readonly made?: (answer: NewWebhookAnswer) => void;
  readonly removed?: () => void;
}

export function WebhookForm({ webhook, close, made, removed }: Props) {
  const { t } = useTranslation();
  const save = useSave("webhooks", (answer) => {
    close();
    if (!webhook) made?.(answer as NewWebhookAnswer);
    else if (answer === null) removed?.();
  });
  const [url, setUrl] = useState(webhook?.url ?? "");
  const [description, setDescription] = useState(webhook?.description ?? "");
  const [enabled, setEnabled] = useState(webhook?.enabled ?? true);
  const [events, setEvents] = useState<ReadonlySet<WebhookEvent>>(new Set(webhook?.events));
  const path = `/v1/webhooks${webhook ? `/${webhook.id}` : ""}`;
  const body = {
    url: url.trim(),
    description: description.trim(),
    events: [...events],
    ...(webhook ? { enabled } : {}),
  };
  return (
    <FormDialog
      title={t(webhook ? "webhooks.change" : "webhooks.add")}
      size="lg"
      close={close}
      busy={save.isPending}
      ready={url.trim() !== "" && events.size > 0}
      submit={() => save.mutate([{ method: webhook ? "PATCH" : "POST", path, body }])}
      remove={webhook ? () => save.mutate([{ method: "DELETE", path }]) : undefined}
    >
      <TextInput
        data-autofocus
        type="url"
        label={t("webhooks.url")}
        description={t("webhooks.urlHint")}
        placeholder="https://crm.example.com/frontdesk"
        spellCheck={false}
        autoComplete="off"
        maxLength={2000}
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <TextInput
        label={t("webhooks.description")}
        maxLength={200}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      {webhook ? (
        <Switch
          label={t("webhooks.enabled")}
          description={t("webhooks.enabledHint")}
          checked={enabled}
          onChange={(event) => setEnabled(event.currentTarget.checked)}
        />
      ) : null}
      <Events chosen={events} change={setEvents} />
    </FormDialog>
  );
}
