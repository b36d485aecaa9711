import type { AgentStatus } from "@frontdesk/api";
import { ActionIcon, Badge, Menu } from "@mantine/core";
import { IconBellRinging, IconChevronDown, IconDots } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { memo, useId, useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { conversationsOfQuery, setStatusOf } from "../../shared/api/floor.ts";
import { useNow } from "../../shared/live/clock.ts";
import { useLive } from "../../shared/live/connection.ts";
import { reasonIn, secondsOf, statuses } from "../../shared/session/presence.ts";
import { Face } from "../../shared/ui/Face.tsx";
import { useFailure } from "../../shared/ui/failure.ts";
import { StatusDot } from "../../shared/ui/StatusDot.tsx";
import { Tick } from "../../shared/ui/Tick.tsx";
import styles from "./floor.module.css";

export interface Shown {
  readonly id: string;
  readonly name: string;
  readonly avatar_url: string | null;
  readonly status: AgentStatus;
  readonly load: number;
  readonly capacity: number;
  readonly since: number;
  readonly reason: string;
  readonly wraps: number | null;
}

/** Seconds that are left until new conversations come. */
function Wrapping({ until }: { until: number }) {
  const { t } = useTranslation();
  const seconds = secondsOf(until, useNow());
  return seconds > 0 ? <> · {t("presence.wrapping", { seconds })}</> : null;
}

/** How many visitors have waited too long for this agent's word. */
function Alarms({ agent }: { agent: string }) {
  const { t } = useTranslation();
  const count = useLive(
    ({ alarms }) => Object.values(alarms).filter((each) => each.agent === agent).length,
  );
  if (count === 0) return null;
  return (
    <Badge color="red.9" leftSection={<IconBellRinging size={12} aria-hidden="true" />}>
      <span aria-hidden="true">{count}</span>
      <span className="sr-only">{t("presence.alarms", { count })}</span>
    </Badge>
  );
}

function Conversations({ agent, load }: { agent: string; load: number }) {
  const { t } = useTranslation();
  const { data } = useQuery(conversationsOfQuery(agent, load));
  if (!data) return null;
  if (data.length === 0) return <p className={styles.nothing}>{t("floor.none")}</p>;
  return (
    <ul className={styles.conversations}>
      {data.map(({ id, contact, last_message }) => (
        <li key={id}>
          <Link
            to="/inbox/$conversation"
            params={{ conversation: id }}
            search={{ view: "all" }}
            className={styles.conversation}
          >
            <strong>{contact.name}</strong>
            <small>{last_message?.preview ?? ""}</small>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function States({ id, name, status }: Pick<Shown, "id" | "name" | "status">) {
  const { t } = useTranslation();
  const failure = useFailure();
  const set = useMutation({
    mutationFn: (next: AgentStatus) => setStatusOf(id, next),
    onError: failure.show,
  });
  return (
    <Menu position="bottom-end" width={180} withinPortal>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          loading={set.isPending}
          aria-label={t("floor.state", { name })}
        >
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {statuses.map((each) => (
          <Menu.Item
            key={each}
            disabled={each === status}
            leftSection={<StatusDot status={each} />}
            onClick={() => set.mutate(each)}
          >
            {t(`presence.${each}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** One agent: state and for how long, seats, and what they have, on demand. */
export const AgentRow = memo(function AgentRow(agent: Shown) {
  const { id, name, avatar_url, status, load, capacity, since, reason, wraps } = agent;
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const list = useId();
  const word = t(`presence.${status}`);
  const part = Math.min(100, (load / Math.max(1, capacity)) * 100);
  return (
    <li className={styles.agent} data-off={status === "offline" || undefined}>
      <div className={styles.row}>
        <Face id={id} name={name} src={avatar_url} size={32} status={status} />
        <span className={styles.main}>
          <strong>{name}</strong>
          <small>
            {reason && status === "away" ? `${word} · ${reasonIn(t, reason)}` : word}
            {" · "}
            <span className="sr-only">{t("floor.since")}</span> <Tick since={since} />
            {wraps === null ? null : <Wrapping until={wraps} />}
          </small>
        </span>
        <Alarms agent={id} />
        <span className={styles.load} data-full={load >= capacity || undefined}>
          {t("shell.seatsShort", { load, capacity })}
          <span className={styles.gauge} aria-hidden="true">
            <span style={{ width: `${part}%` }} />
          </span>
        </span>
        <States id={id} name={name} status={status} />
        <ActionIcon
          variant="subtle"
          color="gray"
          disabled={load === 0 && !open}
          aria-label={t("floor.has", { name })}
          aria-expanded={open}
          aria-controls={open ? list : undefined}
          onClick={() => setOpen(!open)}
        >
          <IconChevronDown size={17} className={styles.chevron} data-open={open || undefined} />
        </ActionIcon>
      </div>
      {open ? (
        <div id={list}>
          <Conversations agent={id} load={load} />
        </div>
      ) : null}
    </li>
  );
});
