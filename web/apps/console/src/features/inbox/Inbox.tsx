import type { ConversationView } from "@frontdesk/api";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { filtersQuery } from "../../shared/api/queries.ts";
import { useStatus } from "../../shared/live/connection.ts";
import { useStore } from "../../shared/store.ts";
import { choice, choose } from "./choosing/choice.ts";
import { InboxList } from "./InboxList.tsx";
import styles from "./inbox.module.css";
import { Offers } from "./Offers.tsx";
import { useConversations } from "./useConversations.ts";
import { useListKeys } from "./useListKeys.ts";
import { Views } from "./Views.tsx";

const BulkBar = lazy(() => import("./choosing/BulkBar.tsx"));

interface Props {
  readonly view: ConversationView;
  /** A saved filter, instead of the view. */
  readonly filter: string | undefined;
  readonly selected: string | undefined;
}

export function Inbox({ view: chosen, filter, selected }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { phase } = useStatus();
  const { data: filters } = useQuery({ ...filtersQuery, enabled: filter !== undefined });
  const saved = filters?.find(({ id }) => id === filter);
  const view = saved ? (saved.criteria.shown === "closed" ? "closed" : "all") : chosen;
  const list = useConversations(view, saved?.criteria);
  const choosing = useStore(choice).size > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was chosen in another list is not seen here
  useEffect(() => choose([]), [chosen, filter]);
  useListKeys(list.conversations, selected, (id) => {
    const search = (before: object) => before;
    if (id) void navigate({ to: "/inbox/$conversation", params: { conversation: id }, search });
    else void navigate({ to: "/inbox", search });
  });
  return (
    <section className={styles.inbox} aria-labelledby="inbox-title">
      <h1 id="inbox-title" className="sr-only">
        {t("inbox.title")}
      </h1>
      <Views view={saved ? null : chosen} saved={saved} conversation={selected} />
      <Offers />
      <InboxList
        view={view}
        filtered={saved !== undefined}
        list={list}
        selected={selected}
        syncing={phase !== "online"}
      />
      {choosing ? (
        <Suspense fallback={null}>
          <BulkBar listed={list.conversations} />
        </Suspense>
      ) : null}
    </section>
  );
}
