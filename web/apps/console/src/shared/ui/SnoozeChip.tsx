import type { Snapshot } from "@frontdesk/realtime";
import { IconAlarm, IconBellRinging } from "@tabler/icons-react";
import { useTranslation } from "../../i18n/translation.tsx";
import { dateTime } from "../format/time.ts";
import { hasWoken } from "../live/snoozing.ts";
import styles from "./ui.module.css";

/** Until when it is put aside, or that it has just woken. */
export function SnoozeChip({ snapshot }: { snapshot: Snapshot }) {
  const said = snapshot.snoozed_until !== undefined || hasWoken(snapshot);
  return said ? <Chip snapshot={snapshot} /> : null;
}

function Chip({ snapshot }: { snapshot: Snapshot }) {
  const { t, i18n } = useTranslation();
  const until = snapshot.snoozed_until;
  if (until !== undefined) {
    return (
      <span className={styles.chip} data-state="snoozed">
        <IconAlarm size={12} aria-hidden="true" />
        {t("aside.until", { time: dateTime(until, Date.now(), i18n.language) })}
      </span>
    );
  }
  return (
    <span className={styles.chip} data-state="woken">
      <IconBellRinging size={12} aria-hidden="true" />
      {t("aside.woken")}
    </span>
  );
}
