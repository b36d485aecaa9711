import type { Delivery, WebhookEvent } from "@frontdesk/api";
import { useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import admin from "../../shared/admin/admin.module.css";
import { dateTime } from "../../shared/format/time.ts";
import chips from "../../shared/ui/ui.module.css";
import { Story } from "./Story.tsx";
import styles from "./webhooks.module.css";

/** One event on its way; opened, it tells every attempt. */
export function DeliveryRow({ webhook, delivery }: { webhook: string; delivery: Delivery }) {
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState(false);
  const { type, state, at, attempts, next_at } = delivery;
  const time = (moment: number) => dateTime(moment, Date.now(), i18n.language);
  const waits =
    state !== "pending"
      ? null
      : next_at === null
        ? t("webhooks.behind")
        : attempts
          ? t("webhooks.next", { time: time(next_at) })
          : null;
  return (
    <li>
      <button
        type="button"
        className={`${admin.row} ${styles.row}`}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <span className={admin.main}>
          <strong>{t(`webhooks.events.${type as WebhookEvent | "webhook.test"}`)}</strong>
          <small className={styles.told}>
            {type} · {time(at)}
            {attempts ? ` · ${t("webhooks.attempts", { count: attempts })}` : ""}
            {waits ? ` · ${waits}` : ""}
          </small>
        </span>
        <span className={`${chips.chip} ${styles.standing}`} data-standing={state}>
          {t(`webhooks.state.${state}`)}
        </span>
      </button>
      {open ? <Story webhook={webhook} delivery={delivery.id} /> : null}
    </li>
  );
}
