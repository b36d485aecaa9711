import { IconHourglassHigh } from "@tabler/icons-react";
import { useTranslation } from "../../i18n/translation.tsx";
import { dateTime } from "../../shared/format/time.ts";
import { useNow } from "../../shared/live/clock.ts";
import { urgency } from "../../shared/tickets/moments.ts";
import ui from "../../shared/ui/ui.module.css";

/** Until when; in red once that is over. */
export function DueMark({ ticket }: { ticket: { due_at: number | null; state: string } }) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const { due_at } = ticket;
  if (due_at === null) return null;
  const level = urgency(ticket, now);
  const time = dateTime(due_at, now, i18n.language);
  return (
    <span className={ui.due} data-level={level}>
      <IconHourglassHigh size={12} aria-hidden="true" />
      {t(level === "late" ? "tickets.overdue" : "tickets.dueAt", { time })}
    </span>
  );
}
