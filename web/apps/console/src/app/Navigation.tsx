import { Tooltip } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { leaveMessagesQuery } from "../shared/api/queries.ts";
import { can } from "../shared/session/permissions.ts";
import { useMe } from "../shared/session/session.ts";
import { Account } from "./Account.tsx";
import styles from "./app.module.css";
import { Badge } from "./Badge.tsx";
import { Mentions } from "./Mentions.tsx";
import { Presence } from "./Presence.tsx";
import { screens } from "./screens.ts";
import { useUnreadTotal } from "./useUnreadTotal.ts";

export function Navigation() {
  const { t } = useTranslation();
  const me = useMe();
  const unread = useUnreadTotal();
  const leave = useInfiniteQuery({
    ...leaveMessagesQuery("open"),
    enabled: can(me, "leave_message.handle"),
  });
  const open = leave.data?.pages[0]?.open ?? 0;
  const badges: Partial<Record<string, { count: number; label: string }>> = {
    "/inbox": { count: unread, label: t("shell.unreadCount", { count: unread }) },
    "/leave-messages": { count: open, label: t("shell.openCount", { count: open }) },
  };
  return (
    <nav className={styles.nav} aria-label={t("shell.nav")}>
      <span className={styles.logo} aria-hidden="true" />
      <ul className={styles.links}>
        {screens
          .filter(({ needs }) => needs === null || can(me, needs))
          .map(({ to, label, icon: Icon }) => (
            <li key={to}>
              <Tooltip label={t(`shell.${label}`)} position="right">
                <Link
                  to={to}
                  className={styles.link}
                  activeProps={{ "data-active": true, "aria-current": "page" }}
                  aria-label={t(`shell.${label}`)}
                >
                  <Icon size={21} stroke={1.7} aria-hidden="true" />
                  <Badge count={0} label="" {...badges[to]} />
                </Link>
              </Tooltip>
            </li>
          ))}
      </ul>
      <div className={styles.navEnd}>
        <Mentions />
        <Presence />
        <Account />
      </div>
    </nav>
  );
}
