import type { Channel, ChannelKey, Items } from "@frontdesk/api";
import { Button, Code, CopyButton, Group, Stack, Switch, Text, Textarea } from "@mantine/core";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { FormDialog } from "../../shared/admin/FormDialog.tsx";
import { useSave } from "../../shared/admin/useSave.ts";
import { fullTime } from "../../shared/format/time.ts";
import { http } from "../../shared/session/session.ts";
import { useFailure } from "../../shared/ui/failure.ts";
import { ChannelRetention } from "./ChannelRetention.tsx";

const keysQuery = (path: string) =>
  queryOptions({
    queryKey: ["channel-keys", path],
    queryFn: async ({ signal }) => (await http<Items<ChannelKey>>("GET", path, { signal })).items,
  });

/** Which pages may show the chat, and whether visitors must be signed in there. */
export function ChannelAccess({ channel, close }: { channel: Channel; close: () => void }) {
  const { t } = useTranslation();
  const save = useSave("channels", close);
  const path = `/v1/channels/${channel.id}`;
  const [origins, setOrigins] = useState(channel.allowed_origins.join("\n"));
  const [required, setRequired] = useState(channel.identity_required);
  const listed = origins.split("\n").filter((line) => line.trim() !== "");
  const body = { allowed_origins: listed, identity_required: required };
  return (
    <FormDialog
      title={t("settings.access.title", { name: channel.name })}
      close={close}
      busy={save.isPending}
      submit={() => save.mutate([{ method: "PATCH", path, body }])}
    >
      <Textarea
        data-autofocus
        label={t("settings.access.origins")}
        description={t("settings.access.originsHint")}
        placeholder="https://www.example.com"
        autosize
        minRows={2}
        spellCheck={false}
        value={origins}
        onChange={(event) => setOrigins(event.currentTarget.value)}
      />
      <Switch
        label={t("settings.access.required")}
        description={t("settings.access.requiredHint")}
        checked={required}
        onChange={(event) => setRequired(event.currentTarget.checked)}
      />
      <ChannelRetention path={`${path}/retention`} />
      <Keys path={`${path}/keys`} />
    </FormDialog>
  );
}

function Keys({ path }: { path: string }) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const failure = useFailure();
  const { data: keys = [] } = useQuery(keysQuery(path));
  const [secret, setSecret] = useState<string | null>(null);
  const renew = () => queries.invalidateQueries({ queryKey: ["channel-keys", path] });
  const add = useMutation({
    mutationFn: () => http<{ secret: string }>("POST", path),
    onSuccess: (made) => setSecret(made.secret),
    onError: failure.show,
    onSettled: renew,
  });
  const remove = useSave("channel-keys");
  return (
    <Stack gap={6}>
      <Text size="sm" fw={500}>
        {t("settings.access.keys")}
      </Text>
      <Text size="xs" c="dimmed">
        {t("settings.access.keysHint")}
      </Text>
      {keys.map((key) => (
        <Group key={key.id} justify="space-between" gap="sm">
          <Text size="sm">
            {t("settings.access.keyOf", { time: fullTime(key.created_at, i18n.language) })}
          </Text>
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            onClick={() => remove.mutate([{ method: "DELETE", path: `${path}/${key.id}` }])}
          >
            {t("common.delete")}
          </Button>
        </Group>
      ))}
      {secret ? (
        <>
          <Code block>{secret}</Code>
          <Text size="xs">{t("settings.access.once")}</Text>
          <CopyButton value={secret}>
            {({ copied, copy }) => (
              <Button variant="default" size="compact-sm" w="fit-content" onClick={copy}>
                {t(copied ? "common.copied" : "settings.access.copy")}
              </Button>
            )}
          </CopyButton>
        </>
      ) : null}
      <Button
        variant="default"
        size="compact-sm"
        w="fit-content"
        disabled={keys.length > 1}
        loading={add.isPending}
        onClick={() => add.mutate()}
      >
        {t("settings.access.addKey")}
      </Button>
    </Stack>
  );
}
