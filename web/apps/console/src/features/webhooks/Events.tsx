import type { WebhookEvent } from "@frontdesk/api";
import { Checkbox } from "@mantine/core";
import { useTranslation } from "../../i18n/translation.tsx";
import { type EventGroup, eventGroups } from "./events.ts";
import styles from "./webhooks.module.css";

interface Props {
  readonly chosen: ReadonlySet<WebhookEvent>;
  readonly change: (chosen: ReadonlySet<WebhookEvent>) => void;
}

/** What is told; a group's box takes all of it. */
export function Events({ chosen, change }: Props) {
  const { t } = useTranslation();
  const put = (events: readonly WebhookEvent[], on: boolean) => {
    const next = new Set(chosen);
    for (const event of events) {
      if (on) next.add(event);
      else next.delete(event);
    }
    change(next);
  };
  return (
    <fieldset className={styles.events}>
      <legend>{t("webhooks.told")}</legend>
      {(Object.keys(eventGroups) as EventGroup[]).map((group) => {
        const events: readonly WebhookEvent[] = eventGroups[group];
        const count = events.filter((event) => chosen.has(event)).length;
        return (
          <div key={group} className={styles.group}>
            <Checkbox
              label={t(`webhooks.groups.${group}`)}
              className={styles.whole ?? ""}
              checked={count === events.length}
              indeterminate={count > 0 && count < events.length}
              onChange={(event) => put(events, event.currentTarget.checked)}
            />
            {events.length > 1 ? (
              <div className={styles.each}>
                {events.map((event) => (
                  <Checkbox
                    key={event}
                    size="xs"
                    label={t(`webhooks.events.${event}`)}
                    checked={chosen.has(event)}
                    onChange={(box) => put([event], box.currentTarget.checked)}
                  />
                ))}
              </div>
            ) : null}
          </div>
        );
      })}
    </fieldset>
  );
}
