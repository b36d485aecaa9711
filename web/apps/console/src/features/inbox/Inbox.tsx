import type { ConversationView } from "@frontdesk/api";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useStatus } from "../../shared/live/connection.ts";
import { InboxList } from "./InboxList.tsx";
import styles from "./inbox.module.css";
import { Offers } from "./Offers.tsx";
import { useConversations } from "./useConversations.ts";
import { useListKeys } from "./useListKeys.ts";
import { Views } from "./Views.tsx";

interface Props {
  readonly view: ConversationView;
  readonly selected: string | undefined;
}

export function Inbox({ view, selected }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { phase } = useStatus();
  const list = useConversations(view);
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
      <Views view={view} conversation={selected} />
      <Offers />
      <InboxList view={view} list={list} selected={selected} syncing={phase !== "online"} />
    </section>
  );
}
