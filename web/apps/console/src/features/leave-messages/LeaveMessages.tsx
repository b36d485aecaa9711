import type { LeaveMessage } from "@frontdesk/api";
import { Button, Loader, SegmentedControl } from "@mantine/core";
import { IconMailOpened } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "../../i18n/translation.tsx";
import { leaveMessagesQuery } from "../../shared/api/queries.ts";
import { listTime } from "../../shared/format/time.ts";
import { Face } from "../../shared/ui/Face.tsx";
import { Failed } from "../../shared/ui/Failed.tsx";
import { Nothing } from "../../shared/ui/Nothing.tsx";
import styles from "./leave.module.css";

type State = LeaveMessage["state"];

function Item({ message, selected }: { message: LeaveMessage; selected: boolean }) {
  const { t, i18n } = useTranslation();
  const { id, name, text, created_at } = message;
  return (
    <li>
      <Link
        to="/leave-messages"
        search={(before) => ({ ...before, message: id })}
        className={styles.item}
        data-selected={selected || undefined}
        aria-current={selected ? "true" : undefined}
      >
        <Face id={message.contact_id ?? id} name={name} size={36} />
        <span className={styles.body}>
          <span className={styles.top}>
            <strong dir="auto">{name}</strong>
            <time dateTime={new Date(created_at).toISOString()}>
              {listTime(created_at, Date.now(), i18n.language, t("common.yesterday"))}
            </time>
          </span>
          <span className={styles.text} dir="auto">
            {text}
          </span>
        </span>
      </Link>
    </li>
  );
}

export function LeaveMessages({ state, selected }: { state: State; selected: string | undefined }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const query = useInfiniteQuery(leaveMessagesQuery(state));
  const open = query.data?.pages[0]?.open ?? 0;
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const show = (next: string) =>
    void navigate({
      to: "/leave-messages",
      search: { state: next === "handled" ? "handled" : undefined },
    });
  return (
    <section className={styles.list} aria-labelledby="leave-title">
      <header className={styles.head}>
        <h1 id="leave-title">{t("shell.leaveMessages")}</h1>
        <SegmentedControl
          aria-label={t("leave.which")}
          size="xs"
          fullWidth
          value={state}
          onChange={show}
          data={[
            {
              value: "open",
              label: open ? t("leave.openCount", { count: open }) : t("leave.open"),
            },
            { value: "handled", label: t("leave.handled") },
          ]}
        />
      </header>
      <div className={styles.scroller}>
        {query.isPending ? (
          <div className={styles.center}>
            <Loader size="sm" aria-label={t("common.loading")} />
          </div>
        ) : null}
        {query.isError && !query.data ? (
          <Failed error={query.error} retry={() => void query.refetch()} />
        ) : null}
        {query.isSuccess && items.length === 0 ? (
          <Nothing
            icon={<IconMailOpened size={28} stroke={1.6} />}
            title={t(`leave.none.${state}`)}
          >
            {t(`leave.noneHint.${state}`)}
          </Nothing>
        ) : null}
        <ul className={styles.items}>
          {items.map((message) => (
            <Item key={message.id} message={message} selected={message.id === selected} />
          ))}
        </ul>
        {query.hasNextPage ? (
          <Button
            variant="default"
            size="xs"
            m="sm"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t("common.loadMore")}
          </Button>
        ) : null}
      </div>
    </section>
  );
}
