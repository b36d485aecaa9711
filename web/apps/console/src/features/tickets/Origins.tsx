import type { OpenedTicket } from "@frontdesk/api";
import { IconMail, IconMessages, IconUser } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "../../i18n/translation.tsx";
import { can } from "../../shared/session/permissions.ts";
import { useMe } from "../../shared/session/session.ts";
import styles from "./tickets.module.css";

/** Where a ticket comes from, as far as one may look there. */
export function Origins({ opened }: { opened: OpenedTicket }) {
  const { t } = useTranslation();
  const me = useMe();
  const { ticket, conversation_readable } = opened;
  const { contact_id, contact_name, conversation_id, leave_message_id } = ticket;
  return (
    <ul className={styles.origins}>
      {contact_id ? (
        <li>
          <IconUser size={16} aria-hidden="true" />
          {can(me, "contact.read") ? (
            <Link to="/contacts" search={{ open: contact_id }}>
              {contact_name || t("tickets.customer")}
            </Link>
          ) : (
            <span>{contact_name}</span>
          )}
        </li>
      ) : null}
      {conversation_id && conversation_readable ? (
        <li>
          <IconMessages size={16} aria-hidden="true" />
          <Link to="/history" search={{ open: conversation_id }}>
            {t("tickets.conversation")}
          </Link>
        </li>
      ) : null}
      {leave_message_id && can(me, "leave_message.handle") ? (
        <li>
          <IconMail size={16} aria-hidden="true" />
          <Link to="/leave-messages" search={{ state: "handled", message: leave_message_id }}>
            {t("tickets.leaveMessage")}
          </Link>
        </li>
      ) : null}
    </ul>
  );
}
