import type { ConversationView } from "@frontdesk/api";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useLive } from "../../shared/live/connection.ts";
import { can } from "../../shared/session/permissions.ts";
import { useMe } from "../../shared/session/session.ts";
import styles from "./inbox.module.css";
import { belongs } from "./views.ts";

interface Props {
  readonly view: ConversationView;
  readonly conversation: string | undefined;
}

function useCounts(): Partial<Record<ConversationView, number>> {
  const me = useMe().agent.id;
  const mine = useLive(
    ({ conversations }) =>
      Object.values(conversations).filter((each) => belongs(each, "mine", me)).length,
  );
  const waiting = useLive((state) =>
    Object.values(state.waiting).reduce((sum, { count }) => sum + count, 0),
  );
  return { mine, waiting };
}

export function Views({ view, conversation }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const counts = useCounts();
  const views: ConversationView[] = can(me, "conversation.read_all")
    ? ["mine", "waiting", "all", "closed"]
    : ["mine", "waiting", "closed"];
  const show = (next: ConversationView) => {
    const search = { view: next === "mine" ? undefined : next };
    if (conversation)
      void navigate({ to: "/inbox/$conversation", params: { conversation }, search });
    else void navigate({ to: "/inbox", search });
  };
  return (
    <fieldset className={styles.views} aria-label={t("inbox.views")}>
      {views.map((each) => (
        <button
          key={each}
          type="button"
          className={styles.view}
          aria-pressed={each === view}
          onClick={() => show(each)}
        >
          {t(`inbox.view.${each}`)}
          {counts[each] ? <span className={styles.count}>{counts[each]}</span> : null}
        </button>
      ))}
    </fieldset>
  );
}
