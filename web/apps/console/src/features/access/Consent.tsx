import type { Authorization } from "@frontdesk/api";
import { Button, Group, List, Loader, Text } from "@mantine/core";
import { IconApps } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { consent } from "../../i18n/en/consent.ts";
import { useTranslation } from "../../i18n/translation.tsx";
import { Page } from "../../shared/admin/Page.tsx";
import { enteredWith } from "../../shared/entered.ts";
import { http, useMe } from "../../shared/session/session.ts";
import { useFailure } from "../../shared/ui/failure.ts";
import { Nothing } from "../../shared/ui/Nothing.tsx";
import styles from "./consent.module.css";

const fields = [
  "client_id",
  "redirect_uri",
  "response_type",
  "scope",
  "state",
  "nonce",
  "code_challenge",
  "code_challenge_method",
  "prompt",
] as const;

/** What the application asked for, as it stands in the address. */
function asked() {
  const query = new URLSearchParams(enteredWith);
  return Object.fromEntries(fields.map((name) => [name, query.get(name) ?? ""]));
}

const answer = (agreed: boolean | null) =>
  http<Authorization>("POST", "/v1/oauth/authorizations", {
    body: { request: asked(), agreed },
  });

type Scope = keyof typeof consent.scope;

/** Where the answer goes, as a person can check it: the host, or that it stays on this device. */
function Onward() {
  const { t } = useTranslation();
  const address = new URLSearchParams(enteredWith).get("redirect_uri") ?? "";
  const { protocol, host, hostname } = new URL(address);
  if (!/^https?:$/.test(protocol)) return t("consent.program", { name: protocol.slice(0, -1) });
  const here = /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);
  return here ? t("consent.device") : <bdi>{host}</bdi>;
}

/** An application wants to act for the person who is signed in: they are asked, once. */
export function Consent() {
  const { t } = useTranslation();
  const me = useMe();
  const failure = useFailure();
  const query = useQuery({
    queryKey: ["authorization", enteredWith],
    queryFn: () => answer(null),
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
  const decide = useMutation({ mutationFn: answer, onError: failure.show });
  const target = decide.data?.redirect_to ?? query.data?.redirect_to ?? null;
  useEffect(() => {
    if (target) window.location.replace(target);
  }, [target]);
  if (query.isError) {
    return (
      <Nothing isPage icon={<IconApps size={28} />} title={t("consent.unknown")}>
        {t("consent.unknownHint")}
      </Nothing>
    );
  }
  if (!query.data || target) return <Loader size="sm" m="xl" aria-label={t("common.loading")} />;
  const { client, scopes } = query.data;
  return (
    <Page title={t("consent.title")} hint={t("consent.hint")}>
      <dl className={styles.facts}>
        <dt>{t("consent.application")}</dt>
        <dd>
          <bdi>{client}</bdi>
        </dd>
        <dt>{t("consent.you")}</dt>
        <dd>
          <bdi>{me.agent.name || me.agent.nickname}</bdi> · <bdi>{me.organization.name}</bdi>
        </dd>
        <dt>{t("consent.onward")}</dt>
        <dd>
          <Onward />
        </dd>
      </dl>
      <Text size="sm" fw={500} mb={6}>
        {t("consent.may")}
      </Text>
      <List size="sm" spacing={4} mb="lg">
        {scopes.map((scope) => (
          <List.Item key={scope}>{t(`consent.scope.${scope as Scope}`)}</List.Item>
        ))}
      </List>
      <Text size="xs" c="dimmed" mb="lg">
        {t("consent.never")}
      </Text>
      <Group gap="sm">
        <Button variant="default" disabled={decide.isPending} onClick={() => decide.mutate(false)}>
          {t("consent.refuse")}
        </Button>
        <Button loading={decide.isPending} onClick={() => decide.mutate(true)}>
          {t("consent.agree")}
        </Button>
      </Group>
    </Page>
  );
}
