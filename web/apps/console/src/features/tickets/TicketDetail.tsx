import type { OpenedTicket } from "@frontdesk/api";
import { ActionIcon, Button } from "@mantine/core";
import { IconArrowLeft, IconCheck } from "@tabler/icons-react";
import { useTranslation } from "../../i18n/translation.tsx";
import { dateTime } from "../../shared/format/time.ts";
import { useMe } from "../../shared/session/session.ts";
import { useChoices } from "../../shared/tickets/useChoices.ts";
import { DueMark } from "./DueMark.tsx";
import { Facts } from "./Facts.tsx";
import { History } from "./History.tsx";
import { Origins } from "./Origins.tsx";
import { Remark } from "./Remark.tsx";
import styles from "./tickets.module.css";
import { useTicketChange } from "./useTicketChange.ts";
import { Written } from "./Written.tsx";

interface Props {
  readonly opened: OpenedTicket;
  readonly back: (() => void) | undefined;
}

export function TicketDetail({ opened, back }: Props) {
  const { t, i18n } = useTranslation();
  const me = useMe().agent.id;
  const choices = useChoices();
  const { ticket } = opened;
  const change = useTicketChange(ticket);
  const solved = ticket.state === "solved";
  return (
    <article className={styles.detail} aria-label={t("tickets.number", ticket)}>
      <header className={styles.detailHead}>
        {back ? (
          <ActionIcon variant="subtle" color="gray" aria-label={t("common.back")} onClick={back}>
            <IconArrowLeft size={20} />
          </ActionIcon>
        ) : null}
        <h2>#{ticket.number}</h2>
        <p>
          {t("tickets.madeBy", {
            name: choices.agent(ticket.made_by),
            date: dateTime(ticket.made_at, Date.now(), i18n.language),
          })}
        </p>
        <DueMark ticket={ticket} />
        <span className={styles.space} />
        {ticket.assignee_id === me || solved ? null : (
          <Button size="xs" variant="default" onClick={() => void change({ assignee_id: me })}>
            {t("tickets.take")}
          </Button>
        )}
        <Button
          size="xs"
          variant={solved ? "default" : "filled"}
          leftSection={solved ? null : <IconCheck size={15} aria-hidden="true" />}
          onClick={() => void change({ state: solved ? "open" : "solved" })}
        >
          {t(solved ? "tickets.reopen" : "tickets.solve")}
        </Button>
      </header>
      <Written
        line
        label={t("tickets.title")}
        value={ticket.title}
        most={200}
        save={(title) => change({ title })}
      />
      <Origins opened={opened} />
      <Facts ticket={ticket} change={change} />
      <Written
        label={t("tickets.description")}
        value={ticket.description}
        most={10_000}
        placeholder={t("tickets.describe")}
        save={(description) => change({ description })}
      />
      <Remark ticket={ticket.id} />
      <History ticket={ticket.id} />
    </article>
  );
}
