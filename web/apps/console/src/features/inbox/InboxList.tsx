import type { ConversationView } from "@frontdesk/api";
import type { ConversationState } from "@frontdesk/realtime";
import { Loader } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useRef } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import { useChannelNames } from "../../shared/desk/channel.ts";
import { unmarked } from "../../shared/desk/desk.ts";
import { Failed } from "../../shared/ui/Failed.tsx";
import { Chooser } from "./choosing/Chooser.tsx";
import { EmptyView } from "./EmptyView.tsx";
import styles from "./inbox.module.css";
import { Row } from "./Row.tsx";
import type { useConversations } from "./useConversations.ts";
import { isOwn } from "./views.ts";

const rowHeight = 74;

interface Props {
  readonly view: ConversationView;
  readonly filtered: boolean;
  readonly list: ReturnType<typeof useConversations>;
  readonly selected: string | undefined;
  readonly syncing: boolean;
}

export function InboxList({ view, filtered, list, selected, syncing }: Props) {
  const { t } = useTranslation();
  const { conversations, marks, query } = list;
  const channels = useChannelNames();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: conversations.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    getItemKey: (index) => conversations[index]?.snapshot.id ?? index,
  });

  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const rows = virtual.getVirtualItems();
  const end = (rows.at(-1)?.index ?? 0) >= conversations.length - 5;
  useEffect(() => {
    if (end && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [end, hasNextPage, isFetchingNextPage, fetchNextPage]);

  // Keeps the chosen one in sight when the keyboard moves, not when the order changes under it.
  const order = useRef(conversations);
  order.current = conversations;
  const listed = useCallback(() => order.current.map(({ snapshot }) => snapshot.id), []);
  useEffect(() => {
    const index = order.current.findIndex(({ snapshot }) => snapshot.id === selected);
    const [top, room] = [virtual.scrollOffset ?? 0, virtual.scrollRect?.height ?? 0];
    const start = index * rowHeight;
    // Asked only where it is out of sight: the answer costs a layout of the whole page.
    if (index < 0 || (start >= top && start + rowHeight <= top + room)) return;
    virtual.scrollToIndex(index, { align: "auto" });
  }, [selected, virtual]);

  if (!isOwn(view) && query.isError && conversations.length === 0) {
    return <Failed error={query.error} retry={() => void query.refetch()} />;
  }
  if (conversations.length === 0) {
    const loading = isOwn(view) ? syncing : query.isPending;
    return loading ? (
      <div className={styles.center}>
        <Loader size="sm" aria-label={t("common.loading")} />
      </div>
    ) : (
      <EmptyView view={filtered ? "filter" : view} />
    );
  }
  return (
    // The list scrolls; its links are what takes the focus.
    <div ref={scroller} className={styles.scroller}>
      <ul className={styles.rows} style={{ height: virtual.getTotalSize() }}>
        {rows.map(({ index, key, start }) => {
          const conversation = conversations[index] as ConversationState;
          return (
            <li
              key={key}
              className={styles.item}
              style={{ height: rowHeight, transform: `translateY(${start}px)` }}
              aria-setsize={conversations.length}
              aria-posinset={index + 1}
            >
              <Chooser
                id={conversation.snapshot.id}
                name={conversation.snapshot.contact.name}
                order={listed}
              />
              <Row
                conversation={conversation}
                view={view}
                channel={channels.get(conversation.snapshot.channel_id)}
                marks={marks.get(conversation.snapshot.id) ?? unmarked}
                selected={conversation.snapshot.id === selected}
              />
            </li>
          );
        })}
      </ul>
    </div>
  );
}
