import type { Ticket } from "@frontdesk/api";
import { IconFlag3Filled, IconUser } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "../../i18n/translation.tsx";
import { listTime } from "../../shared/format/time.ts";
import { useChoices } from "../../shared/tickets/useChoices.ts";
import ui from "../../shared/ui/ui.module.css";
import { DueMark } from "./DueMark.tsx";
import styles from "./tickets.module.css";

export function TicketRow({ ticket, selected }: { ticket: Ticket; selected: boolean }) {
  const { t, i18n } = useTranslation();
  const choices = useChoices();
  const { id, number, title, state, priority, assignee_id, contact_name, changed_at } = ticket;
  const pressing = priority === "high" || priority === "urgent";
  return (
    <li>
      <Link
        to="/tickets"
        search={(before) => ({ ...before, open: id })}
        className={styles.item}
        data-selected={selected || undefined}
        data-state={state}
        aria-current={selected ? "true" : undefined}
      >
        <span className={styles.top}>
          <span className={styles.number}>#{number}</span>
          <strong>{title}</strong>
          <time dateTime={new Date(changed_at).toISOString()}>
            {listTime(changed_at, Date.now(), i18n.language, t("common.yesterday"))}
          </time>
        </span>
        <span className={styles.facts}>
          <span className={ui.chip} data-state={state === "waiting" ? "waiting" : undefined}>
            {t(`tickets.stateShort.${state}`)}
          </span>
          {pressing ? (
            <span className={styles.pressing} data-priority={priority}>
              <IconFlag3Filled size={12} aria-hidden="true" />
              {t(`tickets.priorities.${priority}`)}
            </span>
          ) : null}
          <DueMark ticket={ticket} />
        </span>
        <span className={styles.people}>
          <IconUser size={13} aria-hidden="true" />
          <span>
            {assignee_id ? choices.agent(assignee_id) : t("tickets.nobody")}
            {contact_name ? ` · ${contact_name}` : null}
          </span>
        </span>
      </Link>
    </li>
  );
}
