import type { ConversationState, PendingMessage } from "@frontdesk/realtime";
import { Button, Loader } from "@mantine/core";
import { IconArrowDown } from "@tabler/icons-react";
import { useMemo, useRef } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { usePending } from "../../../shared/live/connection.ts";
import { Earlier } from "./Earlier.tsx";
import { Lines } from "./Lines.tsx";
import { PendingLine } from "./PendingLine.tsx";
import { TypingLine } from "./TypingLine.tsx";
import styles from "./transcript.module.css";
import { useFound } from "./useFound.ts";
import { useNearTop } from "./useNearTop.ts";
import { useReading } from "./useReading.ts";
import { useWindow } from "./useWindow.ts";
import { Viewer } from "./Viewer.tsx";

interface Props {
  readonly conversation: ConversationState;
  /** An entry to begin at, from a search. */
  readonly at: number | undefined;
  /** Whether looking at it counts as reading it. */
  readonly reading: boolean;
}

function Pending({ messages }: { messages: readonly PendingMessage[] }) {
  return messages.map((message) => <PendingLine key={message.client_id} message={message} />);
}

/**
 * Stands on its last line: the scroller runs from the bottom up, so that what is added above never moves what is read.
 * Only the newest part of a long log is in the page; more is taken in as one scrolls up, from memory or from the server.
 */
export function Transcript({ conversation, at, reading }: Props) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const { snapshot, entries } = conversation;
  const all = usePending();
  const pending = useMemo(
    () => all.filter((each) => each.conversation === snapshot.id),
    [all, snapshot.id],
  );
  const { atEnd, missed, toEnd } = useReading(scroller, conversation, reading, pending.length);
  const view = useWindow(conversation, at, atEnd);
  const top = useNearTop(scroller, view.more);
  const found = useFound(scroller, at, view.from);
  return (
    <div className={styles.frame}>
      <section
        ref={scroller}
        className={styles.scroller}
        aria-label={t("conversation.log")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls it with the keyboard
        tabIndex={0}
      >
        <div className={styles.inner}>
          <div ref={top} className={styles.top}>
            {view.loading ? (
              <Loader size="xs" aria-label={t("conversation.loadingEarlier")} />
            ) : null}
          </div>
          <Earlier pages={view.earlier} complete={view.complete} />
          <div role="log" aria-live="polite" aria-relevant="additions">
            <Lines snapshot={snapshot} entries={entries} from={view.from} found={found} />
          </div>
          <Pending messages={pending} />
          <TypingLine conversation={conversation} />
        </div>
      </section>
      {atEnd ? null : (
        <Button
          className={styles.latest ?? ""}
          size="compact-sm"
          radius="xl"
          variant={missed ? "filled" : "default"}
          leftSection={<IconArrowDown size={14} />}
          onClick={toEnd}
        >
          {missed ? t("conversation.newMessages", { count: missed }) : t("conversation.toLatest")}
        </Button>
      )}
      <Viewer />
    </div>
  );
}
