import type { Queue, Team } from "@frontdesk/api";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { queuesQuery } from "../../shared/api/floor.ts";
import { dateTime, exactSpan } from "../../shared/format/time.ts";
import { useNow } from "../../shared/live/clock.ts";
import { useLive } from "../../shared/live/connection.ts";
import styles from "./floor.module.css";

const AnnounceDialog = lazy(() => import("./AnnounceDialog.tsx"));

/** What is to be said about one queue besides its length; the parts that there are. */
function useFacts({ waiting, callbacks, max_waiting, max_wait_s, next, absence }: Queue): string[] {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const minutes = (seconds: number) => Math.ceil(seconds / 60);
  const facts: (string | null)[] = [
    absence?.why === "closed"
      ? absence.opens_at === null
        ? t("board.closed")
        : t("board.opens", { when: dateTime(absence.opens_at, now, i18n.language) })
      : absence
        ? t("board.nobody")
        : null,
    max_waiting ? t("board.room", { waiting, most: max_waiting }) : null,
    max_wait_s ? t("board.longest", { time: exactSpan(max_wait_s, i18n.language) }) : null,
    callbacks ? t("board.callbacks", { count: callbacks }) : null,
    next.soonest !== null && next.latest !== null
      ? t("board.next", { from: Math.floor(next.soonest / 60), to: minutes(next.latest) })
      : absence
        ? null
        : t("board.noEstimate"),
  ];
  return facts.filter((fact) => fact !== null);
}

function Facts({ team, queue }: { team: Team; queue: Queue }) {
  const { t } = useTranslation();
  const [writing, setWriting] = useState(false);
  return (
    <div className={styles.board}>
      <ul aria-label={t("board.about", { team: team.name })}>
        {useFacts(queue).map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
      <Button
        size="compact-sm"
        variant="default"
        disabled={queue.waiting === 0}
        onClick={() => setWriting(true)}
      >
        {t("board.announce")}
      </Button>
      <Suspense fallback={null}>
        {writing ? (
          <AnnounceDialog team={team} count={queue.waiting} close={() => setWriting(false)} />
        ) : null}
      </Suspense>
    </div>
  );
}

/** Limits, hours and the wait of one team's queue, and a line to all who wait in it. */
export function QueueFacts({ team }: { team: Team }) {
  const count = useLive((state) => state.waiting[team.id]?.count ?? 0);
  const { data } = useQuery(queuesQuery(count));
  const queue = data?.find(({ team_id }) => team_id === team.id);
  return queue ? <Facts team={team} queue={queue} /> : null;
}
