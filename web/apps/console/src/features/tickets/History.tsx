import type { TicketDeed } from "@frontdesk/api";
import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useTranslation } from "../../i18n/translation.tsx";
import { dateTime } from "../../shared/format/time.ts";
import { ticketHistoryQuery } from "../../shared/tickets/queries.ts";
import { priorities, ticketStates, useChoices } from "../../shared/tickets/useChoices.ts";
import { Linked } from "../../shared/ui/Linked.tsx";
import styles from "./tickets.module.css";

/** By whom nothing is done but opening a ticket whose customer has answered. */
const nobody = "0";

type Choices = ReturnType<typeof useChoices>;

/** What a field was or is, in the words of whoever reads it. */
function shown(
  t: TFunction,
  kind: TicketDeed["kind"],
  value: string,
  choices: Choices,
  language: string,
) {
  const state = ticketStates.find((each) => each === value);
  const priority = priorities.find((each) => each === value);
  if (kind === "assignee") return value ? choices.agent(value) : t("tickets.nobody");
  if (kind === "team") return value ? choices.team(value) : t("tickets.noTeam");
  if (kind === "state" && state) return t(`tickets.states.${state}`);
  if (kind === "priority" && priority) return t(`tickets.priorities.${priority}`);
  return kind === "due" && value ? dateTime(Number(value), Date.now(), language) : value;
}

function Deed({ deed }: { deed: TicketDeed }) {
  const { t, i18n } = useTranslation();
  const choices = useChoices();
  const words = (value: string) => shown(t, deed.kind, value, choices, i18n.language);
  const done = deed.by === nobody ? "answered" : deed.kind;
  const changed = deed.kind !== "made" && deed.kind !== "remarked";
  return (
    <li className={styles.deed} data-kind={deed.kind}>
      <p>
        <span>{t(`tickets.deeds.${done}`, { name: choices.agent(deed.by) })}</span>
        <time dateTime={new Date(deed.at).toISOString()}>
          {dateTime(deed.at, Date.now(), i18n.language)}
        </time>
      </p>
      {deed.kind === "remarked" ? (
        <p className={styles.remarked}>
          <Linked text={deed.after} />
        </p>
      ) : null}
      {changed ? (
        <p className={styles.change}>
          {words(deed.before) ? <del>{words(deed.before)}</del> : null}
          {words(deed.after) ? <ins>{words(deed.after)}</ins> : null}
        </p>
      ) : null}
    </li>
  );
}

/** Who did what with a ticket, the newest first. */
export function History({ ticket }: { ticket: string }) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(ticketHistoryQuery(ticket));
  const deeds = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section aria-labelledby="ticket-history">
      <h3 id="ticket-history" className={styles.heading}>
        {t("tickets.history")}
      </h3>
      <ul className={styles.deeds}>
        {deeds.map((deed) => (
          <Deed key={deed.id} deed={deed} />
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button
          variant="subtle"
          size="compact-sm"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t("common.loadMore")}
        </Button>
      ) : null}
    </section>
  );
}
