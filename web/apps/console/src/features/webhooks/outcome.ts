import type { DeliveryAttempt } from "@frontdesk/api";
import type { TFunction } from "i18next";

/** What one attempt came to: the answer's number, or why there was none. */
export function outcome(t: TFunction, { status, error, duration_ms }: DeliveryAttempt): string {
  const took = t("webhooks.took", { ms: duration_ms });
  if (status === null) return `${error || t("webhooks.noAnswer")} (${took})`;
  return t("webhooks.answered", { status, took });
}

export const taken = ({ status }: DeliveryAttempt) =>
  status !== null && status >= 200 && status < 300;
