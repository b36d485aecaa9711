import type { DeliveryState } from "@frontdesk/api";
import { Button, SegmentedControl } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import admin from "../../shared/admin/admin.module.css";
import { http } from "../../shared/session/session.ts";
import { Failed } from "../../shared/ui/Failed.tsx";
import { useFailure } from "../../shared/ui/failure.ts";
import { notice } from "../../shared/ui/notices.ts";
import { DeliveryRow } from "./DeliveryRow.tsx";
import { deliveriesQuery } from "./queries.ts";

const states = ["all", "pending", "delivered", "dead"] as const;

/** Sends again everything that was given up. */
function ReplayDead({ webhook }: { webhook: string }) {
  const { t } = useTranslation();
  const failure = useFailure();
  const queries = useQueryClient();
  const replay = useMutation({
    mutationFn: () =>
      http<{ replayed: number }>("POST", `/v1/webhooks/${webhook}/replay`, {
        body: { state: "dead" },
      }),
    onError: failure.show,
    onSuccess: ({ replayed }) =>
      notice({ message: t("webhooks.replayed", { count: replayed }), autoClose: 3000 }),
    onSettled: () => queries.invalidateQueries({ queryKey: ["webhooks", webhook] }),
  });
  return (
    <Button variant="default" loading={replay.isPending} onClick={() => replay.mutate()}>
      {t("webhooks.replayDead")}
    </Button>
  );
}

/** What was sent or is to be sent, newest first. */
export function Deliveries({ webhook }: { webhook: string }) {
  const { t } = useTranslation();
  const [state, setState] = useState<DeliveryState | null>(null);
  const query = useInfiniteQuery(deliveriesQuery(webhook, state));
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className={admin.section} aria-labelledby="webhook-deliveries">
      <h2 id="webhook-deliveries">{t("webhooks.deliveries")}</h2>
      <p>{t("webhooks.deliveriesHint")}</p>
      <div className={admin.tools}>
        <SegmentedControl
          size="xs"
          aria-label={t("webhooks.which")}
          data={states.map((each) => ({ value: each, label: t(`webhooks.state.${each}`) }))}
          value={state ?? "all"}
          onChange={(next) => setState(next === "all" ? null : (next as DeliveryState))}
        />
        {state === "dead" && items.length ? <ReplayDead webhook={webhook} /> : null}
      </div>
      {query.isError ? <Failed error={query.error} retry={() => void query.refetch()} /> : null}
      {query.isSuccess && items.length === 0 ? <p>{t("webhooks.nothingSent")}</p> : null}
      {items.length ? (
        <ul className={admin.rows}>
          {items.map((each) => (
            <DeliveryRow key={each.id} webhook={webhook} delivery={each} />
          ))}
        </ul>
      ) : null}
      {query.hasNextPage ? (
        <Button
          mt="md"
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t("common.loadMore")}
        </Button>
      ) : null}
    </section>
  );
}
