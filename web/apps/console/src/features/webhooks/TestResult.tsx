import { Alert, Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "../../i18n/translation.tsx";
import { outcome, taken } from "./outcome.ts";
import { storyQuery } from "./queries.ts";
import styles from "./webhooks.module.css";

/** What became of the test, as soon as it has been tried once. */
export function TestResult({ webhook, delivery }: { webhook: string; delivery: string }) {
  const { t } = useTranslation();
  const { data } = useQuery(storyQuery(webhook, delivery));
  const last = data?.history.at(-1);
  const good = last !== undefined && taken(last);
  return (
    <Alert
      role="status"
      mb="md"
      variant="light"
      color={last ? (good ? "tide" : "red") : "gray"}
      title={t(last ? (good ? "webhooks.testTaken" : "webhooks.testRefused") : "webhooks.testing")}
    >
      {last ? outcome(t, last) : <Loader size="xs" aria-label={t("webhooks.testing")} />}
      {last && !good && last.answer ? <pre className={styles.answer}>{last.answer}</pre> : null}
    </Alert>
  );
}
