import { IconMessageCircle2 } from "@tabler/icons-react";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useDeferredValue, useEffect } from "react";
import { Inbox } from "../features/inbox/Inbox.tsx";
import { useTranslation } from "../i18n/translation.tsx";
import { Nothing } from "../shared/ui/Nothing.tsx";
import { useMedium, useWide } from "../shared/ui/useWide.ts";
import styles from "./panes.module.css";

// The list is there first; these two follow while one looks at it.
const loadConversation = () => import("../features/conversation/Conversation.tsx");
const loadDetails = () => import("../features/contact/Details.tsx");
const Conversation = lazy(async () => ({ default: (await loadConversation()).Conversation }));
const Details = lazy(async () => ({ default: (await loadDetails()).Details }));

/** List, conversation and customer: beside each other where there is room, as pages where there is not. */
export function InboxScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { conversation } = useParams({ strict: false });
  const search = useSearch({ strict: false });
  const medium = useMedium();
  const wide = useWide();
  const view = search.view ?? "mine";
  const listed = { view: search.view, filter: search.filter };
  const details = search.details ?? wide;
  // What is said comes first; who says it follows in the next frame.
  const known = useDeferredValue(conversation) ?? conversation;

  useEffect(() => {
    void loadConversation();
    void loadDetails();
  }, []);

  const show = (shown: boolean) => {
    if (!conversation) return;
    const wanted = { ...listed, details: shown === wide ? undefined : shown };
    void navigate({ to: "/inbox/$conversation", params: { conversation }, search: wanted });
  };
  const list = (
    <div className={styles.listPane}>
      <Inbox view={view} filter={search.filter} selected={conversation} />
    </div>
  );
  const side =
    conversation && known ? (
      <Suspense fallback={null}>
        <Details key={known} conversation={known} back={wide ? undefined : () => show(false)} />
      </Suspense>
    ) : null;
  const middle = conversation ? (
    <Suspense fallback={null}>
      <Conversation
        key={conversation}
        id={conversation}
        back={medium ? undefined : () => void navigate({ to: "/inbox", search: listed })}
        details={() => show(!details)}
        detailsShown={details}
      />
    </Suspense>
  ) : (
    <Nothing icon={<IconMessageCircle2 size={28} stroke={1.6} />} title={t("inbox.empty.choose")}>
      {t("inbox.empty.chooseHint")}
    </Nothing>
  );

  if (!medium) {
    if (!conversation) return list;
    return details ? (
      <div className={styles.sidePane}>{side}</div>
    ) : (
      <div className={styles.midPane}>{middle}</div>
    );
  }
  return (
    <div className={styles.panes}>
      {list}
      <div className={styles.midPane}>{middle}</div>
      {details && side ? <div className={styles.sidePane}>{side}</div> : null}
    </div>
  );
}
