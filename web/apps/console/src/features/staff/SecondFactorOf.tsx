import type { FactorStatus } from "@frontdesk/api";
import { Button, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { useSave } from "../../shared/admin/useSave.ts";
import { fullTime } from "../../shared/format/time.ts";
import { http, useMe } from "../../shared/session/session.ts";

/** Whether an agent has a second factor; for who has lost it, it is taken away here. */
export function SecondFactorOf({ agentId }: { agentId: string }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const path = `/v1/agents/${agentId}/second-factor`;
  const [sure, setSure] = useState(false);
  const reset = useSave("second-factor", () => setSure(false));
  const { data } = useQuery({
    queryKey: ["second-factor", agentId],
    queryFn: ({ signal }) => http<FactorStatus>("GET", path, { signal }),
  });
  if (!data) return null;
  return (
    <section>
      <Text size="sm" fw={500} mb={6}>
        {t("secondFactor.section")}
      </Text>
      <Text size="sm" c="dimmed" mb={6}>
        {data.enabled
          ? t("secondFactor.on", { time: fullTime(data.since ?? 0, i18n.language) })
          : t("secondFactor.none")}
      </Text>
      {(data.enabled || data.passkeys > 0) && agentId !== me.agent.id ? (
        <Button
          size="compact-sm"
          variant={sure ? "filled" : "default"}
          color={sure ? "red" : "gray"}
          loading={reset.isPending}
          onClick={() => (sure ? reset.mutate([{ method: "DELETE", path }]) : setSure(true))}
        >
          {t(sure ? "secondFactor.resetSure" : "secondFactor.reset")}
        </Button>
      ) : null}
    </section>
  );
}
