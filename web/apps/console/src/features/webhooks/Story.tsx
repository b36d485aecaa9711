import { Button, Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "../../i18n/translation.tsx";
import admin from "../../shared/admin/admin.module.css";
import { useSave } from "../../shared/admin/useSave.ts";
import { dateTime } from "../../shared/format/time.ts";
import { Failed } from "../../shared/ui/Failed.tsx";
import { outcome } from "./outcome.ts";
import { storyQuery } from "./queries.ts";
import styles from "./webhooks.module.css";

/** Every attempt with its answer, and the body as it would be sent now. */
export function Story({ webhook, delivery }: { webhook: string; delivery: string }) {
  const { t, i18n } = useTranslation();
  const query = useQuery(storyQuery(webhook, delivery));
  const save = useSave("webhooks");
  const path = `/v1/webhooks/${webhook}/deliveries/${delivery}/replay`;
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Loader m="md" size="sm" aria-label={t("common.loading")} />;
  const { history, body, state, event_id } = query.data;
  return (
    <div className={styles.story}>
      {history.length ? (
        <ol>
          {history.map((attempt) => (
            <li key={attempt.at}>
              <time dateTime={new Date(attempt.at).toISOString()}>
                {dateTime(attempt.at, Date.now(), i18n.language)}
              </time>{" "}
              {outcome(t, attempt)}
              {attempt.answer ? <pre className={styles.answer}>{attempt.answer}</pre> : null}
            </li>
          ))}
        </ol>
      ) : (
        <p>{t("webhooks.untried")}</p>
      )}
      <small>webhook-id: {event_id}</small>
      {body ? <pre className={admin.code}>{JSON.stringify(body, null, 2)}</pre> : null}
      <Button
        size="compact-sm"
        variant="default"
        loading={save.isPending}
        onClick={() => save.mutate([{ method: "POST", path }])}
      >
        {t(state === "pending" ? "webhooks.tryNow" : "webhooks.replay")}
      </Button>
    </div>
  );
}
