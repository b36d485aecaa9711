import type { Ticket } from "@frontdesk/api";
import { ActionIcon, Button, Loader } from "@mantine/core";
import { IconPlus, IconTicket } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { ticketsQuery } from "../../shared/tickets/queries.ts";
import { Failed } from "../../shared/ui/Failed.tsx";
import { Nothing } from "../../shared/ui/Nothing.tsx";
import { TicketFilters } from "./TicketFilters.tsx";
import { TicketRow } from "./TicketRow.tsx";
import styles from "./tickets.module.css";

const TicketForm = lazy(() => import("../../shared/tickets/TicketForm.tsx"));

/** What the address says is wanted. */
export interface Search {
  readonly which?: Ticket["state"] | "any" | undefined;
  readonly of?: string | undefined;
  readonly q?: string | undefined;
  readonly open?: string | undefined;
}

function statesOf(which: Search["which"]): readonly Ticket["state"][] {
  if (which === undefined) return ["open", "waiting"];
  return which === "any" ? ["open", "waiting", "solved"] : [which];
}

export function TicketList({ search }: { search: Search }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [making, setMaking] = useState(false);
  const { which, of, q, open } = search;
  const query = useInfiniteQuery(ticketsQuery({ states: statesOf(which), assignee_id: of, q }));
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const narrowed = Boolean(which ?? of ?? q);
  return (
    <section className={styles.list} aria-labelledby="tickets-title">
      <header className={styles.head}>
        <div className={styles.title}>
          <h1 id="tickets-title">{t("shell.tickets")}</h1>
          <ActionIcon
            variant="light"
            size="md"
            aria-label={t("tickets.new")}
            data-hint={t("tickets.new")}
            onClick={() => setMaking(true)}
          >
            <IconPlus size={17} />
          </ActionIcon>
        </div>
        <TicketFilters search={search} />
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
          <Nothing icon={<IconTicket size={28} stroke={1.6} />} title={t("tickets.none")}>
            {t(narrowed ? "tickets.noneFound" : "tickets.noneHint")}
          </Nothing>
        ) : null}
        <ul className={styles.items}>
          {items.map((ticket) => (
            <TicketRow key={ticket.id} ticket={ticket} selected={ticket.id === open} />
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
      <Suspense fallback={null}>
        {making ? (
          <TicketForm
            origin={{}}
            made={({ id }) => void navigate({ to: "/tickets", search: { ...search, open: id } })}
            close={() => setMaking(false)}
          />
        ) : null}
      </Suspense>
    </section>
  );
}
