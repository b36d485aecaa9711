import type { ConversationView } from "@frontdesk/api";
import { type ConversationPhase, type ConversationState, unmarked } from "@frontdesk/realtime";
import {
  IconBellRinging,
  IconClockHour4,
  IconFlagFilled,
  IconPencil,
  IconPinFilled,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { memo } from "react";
import { useTranslation } from "../../i18n/translation.tsx";
import type { Marks } from "../../shared/desk/desk.ts";
import { useDraft } from "../../shared/drafts/drafts.ts";
import { listTime } from "../../shared/format/time.ts";
import { waitLevel } from "../../shared/format/wait.ts";
import { useNow } from "../../shared/live/clock.ts";
import { useLive } from "../../shared/live/connection.ts";
import { unreadCount, waitingSince } from "../../shared/live/unanswered.ts";
import { useMe } from "../../shared/session/session.ts";
import { DueTime } from "../../shared/ui/DueTime.tsx";
import { Face } from "../../shared/ui/Face.tsx";
import { SnoozeChip } from "../../shared/ui/SnoozeChip.tsx";
import { StateChip } from "../../shared/ui/StateChip.tsx";
import { Tick } from "../../shared/ui/Tick.tsx";
import styles from "./inbox.module.css";
import { lastSaid } from "./said.ts";
import { isOwn, needsWrapUp } from "./views.ts";

/** The state that a view's name already says. */
const told: Partial<Record<ConversationView, ConversationPhase>> = {
  mine: "active",
  snoozed: "active",
  waiting: "waiting",
  closed: "closed",
};

interface WaitProps {
  readonly since: number;
  readonly queued: boolean;
  readonly alarmed: boolean;
}

function Wait({ since, queued, alarmed }: WaitProps) {
  const { t } = useTranslation();
  const level = waitLevel(useNow() - since);
  return (
    <span className={styles.wait} data-level={alarmed ? "late" : level}>
      {alarmed ? (
        <IconBellRinging size={14} role="img" aria-label={t("inbox.alarm")} />
      ) : (
        <IconClockHour4 size={13} aria-hidden="true" />
      )}
      <span className="sr-only">{t(queued ? "inbox.inQueue" : "inbox.waitingFor")}</span>
      <Tick since={since} />
    </span>
  );
}

function Preview({ conversation, me }: { conversation: ConversationState; me: string }) {
  const { t } = useTranslation();
  const { snapshot, typing } = conversation;
  const draft = useDraft(me, snapshot.id);
  if (draft.text.trim()) {
    return (
      <>
        <span className={styles.draft}>
          <IconPencil size={12} aria-hidden="true" /> {t("inbox.draft")}
        </span>{" "}
        <bdi>{draft.text}</bdi>
      </>
    );
  }
  if (typing?.sender.kind === "visitor" && typing.text) {
    return (
      <em className={styles.typing} dir="auto">
        {typing.text}
      </em>
    );
  }
  const last = lastSaid(conversation);
  if (!last) return t("inbox.noMessages");
  if (conversation.snapshot.close_reason === "erased") return t("inbox.erased");
  const words = {
    // marks of a formatted answer only disturb in one line; a visitor's words are theirs
    text:
      (last.sender.kind === "visitor" ? last.preview : unmarked(last.preview)) ||
      t("inbox.recalled"),
    image: last.preview ? t("inbox.image") : t("inbox.recalled"),
    voice: last.preview ? t("inbox.voice") : t("inbox.recalled"),
    file: last.preview ? t("inbox.file", { name: last.preview }) : t("inbox.recalled"),
    card: last.preview || t("inbox.recalled"),
  }[last.type];
  if (last.sender.kind === "visitor") return words;
  if (last.sender.id === me) return t("inbox.you", { text: words });
  const unnamed = last.sender.kind === "system" ? "conversation.automatic" : "conversation.bot";
  return t("inbox.said", { name: last.sender.name ?? t(unnamed), text: words });
}

interface Props {
  readonly conversation: ConversationState;
  readonly view: ConversationView;
  readonly marks: Marks;
  /** The name of its channel, where there are several. */
  readonly channel: string | undefined;
  readonly selected: boolean;
}

export const Row = memo(function Row({ conversation, view, marks, channel, selected }: Props) {
  const { t, i18n } = useTranslation();
  const me = useMe().agent.id;
  const { snapshot } = conversation;
  const since = snapshot.snoozed_until === undefined ? waitingSince(conversation) : null;
  const alarmed = useLive((state) => snapshot.id in state.alarms);
  const mine = snapshot.agent?.id === me && snapshot.state === "active";
  const unread = mine ? unreadCount(conversation) : 0;
  const at = snapshot.last_message?.at ?? snapshot.opened_at;
  const wrapUp = needsWrapUp(conversation, me);
  const showsAgent = !isOwn(view) && snapshot.agent && snapshot.state !== "waiting";
  return (
    <Link
      to="/inbox/$conversation"
      params={{ conversation: snapshot.id }}
      search={(before) => ({ ...before })}
      className={styles.row}
      data-selected={selected || undefined}
      data-unread={unread > 0 || undefined}
      aria-current={selected ? "true" : undefined}
    >
      <Face id={snapshot.contact.id} name={snapshot.contact.name} size={40} />
      <span className={styles.body}>
        <span className={styles.top}>
          <bdi className={styles.name}>{snapshot.contact.name}</bdi>
          {marks.pinned ? (
            <IconPinFilled
              size={13}
              className={styles.pin}
              role="img"
              aria-label={t("inbox.pinned")}
            />
          ) : null}
          {marks.important ? (
            <IconFlagFilled
              size={13}
              className={styles.star}
              role="img"
              aria-label={t("inbox.important")}
            />
          ) : null}
          <time className={styles.time} dateTime={new Date(at).toISOString()}>
            {listTime(at, Date.now(), i18n.language, t("common.yesterday"))}
          </time>
        </span>
        <span className={styles.bottom}>
          <span className={styles.preview}>
            <Preview conversation={conversation} me={me} />
          </span>
          {unread ? (
            <span className={styles.unread}>
              <span aria-hidden="true">{unread > 99 ? "99+" : unread}</span>
              <span className="sr-only">{t("inbox.unread", { count: unread })}</span>
            </span>
          ) : null}
        </span>
        <span className={styles.marks}>
          {since === null ? null : (
            <Wait since={since} queued={snapshot.state === "waiting"} alarmed={alarmed} />
          )}
          <SnoozeChip snapshot={snapshot} />
          <DueTime conversation={snapshot.id} />
          {wrapUp ? <span className={styles.wrap}>{t("inbox.wrapUpMissing")}</span> : null}
          {told[view] === snapshot.state ? null : <StateChip state={snapshot.state} />}
          {channel ? <bdi className={styles.channel}>{channel}</bdi> : null}
          {showsAgent ? <span className={styles.agent}>{snapshot.agent?.name}</span> : null}
        </span>
      </span>
    </Link>
  );
});
