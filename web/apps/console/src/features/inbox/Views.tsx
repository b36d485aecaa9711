import type { ConversationView, SavedFilter } from "@frontdesk/api";
import type { RealtimeState } from "@frontdesk/realtime";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { useLive } from "../../shared/live/connection.ts";
import { can } from "../../shared/session/permissions.ts";
import { useMe } from "../../shared/session/session.ts";
import { bringIntoSight } from "../../shared/ui/bringIntoSight.ts";
import styles from "./inbox.module.css";
import { belongs } from "./views.ts";

const Filters = lazy(() => import("./filters/Filters.tsx"));

interface Props {
  /** Null while a saved filter is shown. */
  readonly view: ConversationView | null;
  readonly saved: SavedFilter | undefined;
  readonly conversation: string | undefined;
}

function useCounts(): Partial<Record<ConversationView, number>> {
  const me = useMe().agent;
  const count = (view: ConversationView) => (state: RealtimeState) =>
    Object.values(state.conversations).filter((each) => belongs(each, view, me)).length;
  const mine = useLive(count("mine"));
  const snoozed = useLive(count("snoozed"));
  const waiting = useLive((state) =>
    Object.values(state.waiting).reduce((sum, { count }) => sum + count, 0),
  );
  return { mine, snoozed, waiting };
}

export function Views({ view, saved, conversation }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const counts = useCounts();
  const views: ConversationView[] = [
    "mine",
    ...(counts.snoozed || view === "snoozed" ? (["snoozed"] as const) : []),
    "waiting",
    ...(can(me, "conversation.read_team") ? (["team"] as const) : []),
    ...(can(me, "conversation.read_all") ? (["all"] as const) : []),
    "closed",
    "mentions",
  ];
  const show = (next: ConversationView | null, filter?: string) => {
    const search = { view: next === "mine" || next === null ? undefined : next, filter };
    if (conversation)
      void navigate({ to: "/inbox/$conversation", params: { conversation }, search });
    else void navigate({ to: "/inbox", search });
  };
  return (
    <div className={styles.choice}>
      <fieldset className={styles.views} aria-label={t("inbox.views")}>
        {views.map((each) => (
          <button
            key={each}
            ref={each === view ? bringIntoSight : null}
            type="button"
            className={styles.view}
            aria-pressed={each === view}
            aria-label={each === "mentions" ? t("inbox.view.mentions") : undefined}
            onClick={() => show(each)}
          >
            {each === "mentions" ? "@" : t(`inbox.view.${each}`)}
            {counts[each] ? <span className={styles.count}>{counts[each]}</span> : null}
          </button>
        ))}
      </fieldset>
      <Suspense fallback={null}>
        <Filters saved={saved} show={(id) => show(id ? null : "mine", id)} />
      </Suspense>
    </div>
  );
}
