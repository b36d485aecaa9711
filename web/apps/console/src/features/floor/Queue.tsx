import type { Snapshot } from "@frontdesk/realtime";
import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { waitingQuery } from "../../shared/api/floor.ts";
import { teamsQuery } from "../../shared/api/queries.ts";
import { waitLevel } from "../../shared/format/wait.ts";
import { useNow } from "../../shared/live/clock.ts";
import { useLive } from "../../shared/live/connection.ts";
import { Face } from "../../shared/ui/Face.tsx";
import { Failed } from "../../shared/ui/Failed.tsx";
import { Tick } from "../../shared/ui/Tick.tsx";
import styles from "./floor.module.css";
import { QueueFacts } from "./QueueFacts.tsx";

const GiveDialog = lazy(() => import("../../shared/passing/GiveDialog.tsx"));

function Wait({ since }: { since: number }) {
  const { t } = useTranslation();
  const level = waitLevel(useNow() - since);
  return (
    <span className={styles.wait} data-level={level}>
      <span className="sr-only">{t("floor.waits")}</span> <Tick since={since} />
    </span>
  );
}

interface TeamsProps {
  readonly team: string | undefined;
  readonly choose: (team: string | undefined) => void;
}

/** How many wait for each team, and since when the oldest: as the server tells it. */
function Teams({ team, choose }: TeamsProps) {
  const { t } = useTranslation();
  const waiting = useLive((state) => state.waiting);
  const { data: teams = [] } = useQuery(teamsQuery);
  const all = Object.values(waiting).reduce((sum, { count }) => sum + count, 0);
  const followed = teams.flatMap(({ id, name }) => {
    const now = waiting[id];
    return now ? [{ id, name, ...now }] : [];
  });
  const chips = [{ id: undefined, name: t("floor.every"), count: all, oldest: null }, ...followed];
  return (
    <div className={styles.chips}>
      {chips.map(({ id, name, count, oldest }) => (
        <button
          key={id ?? ""}
          type="button"
          className={styles.chip}
          aria-pressed={team === id}
          onClick={() => choose(id)}
        >
          <span>{name}</span>
          <strong>{count}</strong>
          {oldest === null ? null : <Wait since={oldest} />}
        </button>
      ))}
    </div>
  );
}

export function Queue() {
  const { t } = useTranslation();
  const [team, setTeam] = useState<string>();
  const [giving, setGiving] = useState<Snapshot | null>(null);
  const query = useInfiniteQuery(waitingQuery(team));
  const { data: teams = [] } = useQuery(teamsQuery);
  const chosen = teams.find(({ id }) => id === team);
  const rows = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const facts = ({ team_id, last_message }: Snapshot) =>
    [teams.find(({ id }) => id === team_id)?.name, last_message?.preview]
      .filter(Boolean)
      .join(" · ");
  return (
    <section className={styles.side} aria-label={t("floor.queue")}>
      <h2>{t("floor.queue")}</h2>
      <Teams team={team} choose={setTeam} />
      {chosen ? <QueueFacts key={chosen.id} team={chosen} /> : null}
      {query.error ? <Failed error={query.error} retry={() => void query.refetch()} /> : null}
      {query.data && rows.length === 0 ? (
        <p className={styles.nothing}>{t("floor.nobody")}</p>
      ) : null}
      {rows.length ? (
        <ul className={styles.rows}>
          {rows.map((snapshot) => (
            <li key={snapshot.id} className={styles.row}>
              <Face id={snapshot.contact.id} name={snapshot.contact.name} size={32} />
              <Link
                to="/inbox/$conversation"
                params={{ conversation: snapshot.id }}
                search={{ view: "waiting" }}
                className={styles.main}
              >
                <strong>{snapshot.contact.name}</strong>
                <small>{facts(snapshot)}</small>
              </Link>
              <Wait since={snapshot.waiting_since ?? snapshot.opened_at} />
              <Button size="compact-sm" variant="default" onClick={() => setGiving(snapshot)}>
                {t("give.submit")}
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      {query.hasNextPage ? (
        <Button
          variant="subtle"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t("common.loadMore")}
        </Button>
      ) : null}
      <Suspense fallback={null}>
        {giving ? <GiveDialog snapshot={giving} close={() => setGiving(null)} /> : null}
      </Suspense>
    </section>
  );
}
