import type { Authorization } from "@frontdesk/api";
import { Button, Group, List, Loader, Text } from "@mantine/core";
import { IconApps } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "../../shared/admin/Page.tsx";
import { enteredWith } from "../../shared/entered.ts";
import { http, useMe } from "../../shared/session/session.ts";
import { useFailure } from "../../shared/ui/failure.ts";
import { Nothing } from "../../shared/ui/Nothing.tsx";

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
      <Nothing isPage icon={<IconApps size={28} />} title={t("access.consent.unknown")}>
        {t("access.consent.unknownHint")}
      </Nothing>
    );
  }
  if (!query.data || target) return <Loader size="sm" m="xl" aria-label={t("common.loading")} />;
  const { client, scopes } = query.data;
  const name = me.agent.name || me.agent.nickname;
  return (
    <Page
      title={t("access.consent.title", { client })}
      hint={t("access.consent.hint", { name, organization: me.organization.name })}
    >
      <Text size="sm" fw={500} mb={6}>
        {t("access.consent.may")}
      </Text>
      <List size="sm" spacing={4} mb="lg">
        {scopes.map((scope) => (
          <List.Item key={scope}>
            {t(`access.scope.${scope}`, { defaultValue: t("access.scope.other", { scope }) })}
          </List.Item>
        ))}
      </List>
      <Text size="xs" c="dimmed" mb="lg">
        {t("access.consent.never")}
      </Text>
      <Group gap="sm">
        <Button variant="default" disabled={decide.isPending} onClick={() => decide.mutate(false)}>
          {t("access.consent.refuse")}
        </Button>
        <Button loading={decide.isPending} onClick={() => decide.mutate(true)}>
          {t("access.consent.agree")}
        </Button>
      </Group>
    </Page>
  );
}
