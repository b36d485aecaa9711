import type { LeaveMessage } from "@frontdesk/api";
import { ActionIcon, Button, Textarea } from "@mantine/core";
import { IconArrowLeft, IconMail, IconMessages, IconPhone, IconTicket } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { agentsQuery } from "../../shared/api/queries.ts";
import { dateTime } from "../../shared/format/time.ts";
import { can } from "../../shared/session/permissions.ts";
import { http, useMe } from "../../shared/session/session.ts";
import { Face } from "../../shared/ui/Face.tsx";
import { useFailure } from "../../shared/ui/failure.ts";
import { Linked } from "../../shared/ui/Linked.tsx";
import styles from "./leave.module.css";

const TicketForm = lazy(() => import("../../shared/tickets/TicketForm.tsx"));

interface Props {
  readonly message: LeaveMessage;
  readonly back: (() => void) | undefined;
}

const firstLine = (text: string) => text.replace(/\s+/g, " ").trim().slice(0, 200);

/** Who it is, how to reach them, and what they wrote. */
function said({ name, phone, email, text }: LeaveMessage): string {
  return `${[name, phone, email].filter(Boolean).join(" · ")}\n\n${text}`;
}

function useHandler(by: LeaveMessage["handled_by"]): string {
  const { t } = useTranslation();
  const { data: agents = [] } = useQuery(agentsQuery);
  const agent = agents.find(({ id }) => id === by);
  return agent?.name || agent?.nickname || t("conversation.system.somebody");
}

function Reach({ message }: { message: LeaveMessage }) {
  const { t } = useTranslation();
  return (
    <ul className={styles.reach}>
      {message.phone ? (
        <li>
          <IconPhone size={16} aria-hidden="true" />
          <span>{message.phone}</span>
        </li>
      ) : null}
      {message.email ? (
        <li>
          <IconMail size={16} aria-hidden="true" />
          <a href={`mailto:${encodeURIComponent(message.email)}`}>{message.email}</a>
        </li>
      ) : null}
      {message.ticket ? (
        <li>
          <IconTicket size={16} aria-hidden="true" />
          <Link to="/tickets" search={{ open: message.ticket.id }}>
            {t("leave.ticket", { number: message.ticket.number })}
          </Link>
        </li>
      ) : null}
      {message.conversation_id ? (
        <li>
          <IconMessages size={16} aria-hidden="true" />
          <Link to="/history" search={{ open: message.conversation_id }}>
            {t("leave.conversation")}
          </Link>
        </li>
      ) : null}
    </ul>
  );
}

export function LeaveDetail({ message, back }: Props) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const failure = useFailure();
  const [remark, setRemark] = useState(message.remark ?? "");
  const me = useMe();
  const [making, setMaking] = useState(false);
  const handler = useHandler(message.handled_by);
  const save = useMutation({
    mutationFn: (state: LeaveMessage["state"]) => {
      const body = { state, remark: remark.trim() };
      return http("PATCH", `/v1/leave-messages/${message.id}`, { body });
    },
    onError: failure.show,
    onSuccess: () => queries.invalidateQueries({ queryKey: ["leave-messages"] }),
  });
  const handled = message.state === "handled";
  return (
    <article className={styles.detail} aria-label={t("leave.from", { name: message.name })}>
      <header className={styles.detailHead}>
        {back ? (
          <ActionIcon variant="subtle" color="gray" aria-label={t("common.back")} onClick={back}>
            <IconArrowLeft size={20} />
          </ActionIcon>
        ) : null}
        <Face id={message.contact_id ?? message.id} name={message.name} size={44} />
        <div>
          <h2>{message.name}</h2>
          <time dateTime={new Date(message.created_at).toISOString()}>
            {dateTime(message.created_at, Date.now(), i18n.language)}
          </time>
        </div>
      </header>
      <Reach message={message} />
      <p className={styles.words} dir="auto">
        <Linked text={message.text} />
      </p>
      {handled && message.handled_at ? (
        <p className={styles.done}>
          {t("leave.handledBy", {
            name: handler,
            date: dateTime(message.handled_at, Date.now(), i18n.language),
          })}
        </p>
      ) : null}
      <Textarea
        label={t("leave.remark")}
        description={t("leave.remarkHint")}
        autosize
        minRows={3}
        maxRows={10}
        maxLength={2000}
        value={remark}
        onChange={(event) => setRemark(event.currentTarget.value)}
      />
      <div className={styles.actions}>
        {message.ticket === null && can(me, "ticket.handle") ? (
          <Button variant="default" me="auto" onClick={() => setMaking(true)}>
            {t("leave.makeTicket")}
          </Button>
        ) : null}
        {handled ? (
          <Button
            variant="default"
            loading={save.isPending && save.variables === "open"}
            onClick={() => save.mutate("open")}
          >
            {t("leave.reopen")}
          </Button>
        ) : null}
        <Button
          loading={save.isPending && save.variables === "handled"}
          disabled={handled && remark.trim() === (message.remark ?? "")}
          onClick={() => save.mutate("handled")}
        >
          {t(handled ? "leave.saveRemark" : "leave.markHandled")}
        </Button>
      </div>
      <Suspense fallback={null}>
        {making ? (
          <TicketForm
            origin={{ leave_message_id: message.id }}
            subject={firstLine(message.text)}
            description={said(message)}
            made={() => void queries.invalidateQueries({ queryKey: ["leave-messages"] })}
            close={() => setMaking(false)}
          />
        ) : null}
      </Suspense>
    </article>
  );
}
