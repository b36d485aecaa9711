import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { memo } from "react";
import { useTranslation } from "../i18n/translation.tsx";
import { leaveMessagesQuery } from "../shared/api/queries.ts";
import { can } from "../shared/session/permissions.ts";
import { useMe } from "../shared/session/session.ts";
import { myTicketsQuery } from "../shared/tickets/mine.ts";
import { bringIntoSight } from "../shared/ui/bringIntoSight.ts";
import { Account } from "./Account.tsx";
import styles from "./app.module.css";
import { Badge } from "./Badge.tsx";
import { Mentions } from "./Mentions.tsx";
import { Presence } from "./Presence.tsx";
import { screens } from "./screens.ts";
import { useUnreadTotal } from "./useUnreadTotal.ts";

interface Counted {
  readonly count: number;
  readonly label: string;
}

function ScreenLink({
  screen,
  counted,
}: {
  screen: (typeof screens)[number];
  counted: Counted | undefined;
}) {
  const { t } = useTranslation();
  const { to, label, icon: Icon } = screen;
  return (
    <li>
      <Link
        to={to}
        className={styles.link}
        activeProps={{ "data-active": true, "aria-current": "page" }}
        data-hint={t(`shell.${label}`)}
      >
        {({ isActive }) => (
          <>
            <Icon
              ref={isActive ? bringIntoSight : null}
              size={21}
              stroke={1.7}
              aria-hidden="true"
            />
            <span className="sr-only">{t(`shell.${label}`)}</span>
            <Badge count={0} label="" {...counted} />
          </>
        )}
      </Link>
    </li>
  );
}

/** Stands still while one goes from conversation to conversation. */
export const Navigation = memo(function Navigation() {
  const { t } = useTranslation();
  const me = useMe();
  const unread = useUnreadTotal();
  const leave = useInfiniteQuery({
    ...leaveMessagesQuery("open"),
    enabled: can(me, "leave_message.handle"),
  });
  const open = leave.data?.pages[0]?.open ?? 0;
  const { data: tickets = 0 } = useQuery({
    ...myTicketsQuery,
    enabled: can(me, "ticket.handle"),
  });
  const badges: Partial<Record<string, Counted>> = {
    "/inbox": { count: unread, label: t("shell.unreadCount", { count: unread }) },
    "/tickets": { count: tickets, label: t("shell.openCount", { count: tickets }) },
    "/leave-messages": { count: open, label: t("shell.openCount", { count: open }) },
  };
  return (
    <nav className={styles.nav} aria-label={t("shell.nav")}>
      <span className={styles.logo} aria-hidden="true" />
      <ul className={styles.links}>
        {screens
          .filter(({ needs }) => needs === null || can(me, needs))
          .map((screen) => (
            <ScreenLink key={screen.to} screen={screen} counted={badges[screen.to]} />
          ))}
      </ul>
      <div className={styles.navEnd}>
        <Mentions />
        <Presence />
        <Account />
      </div>
    </nav>
  );
});
