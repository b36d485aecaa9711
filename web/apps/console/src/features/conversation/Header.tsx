import type { Snapshot } from "@frontdesk/realtime";
import { ActionIcon } from "@mantine/core";
import {
  IconArrowLeft,
  IconLayoutSidebarRight,
  IconSearch,
  IconStarFilled,
} from "@tabler/icons-react";
import { useTranslation } from "../../i18n/translation.tsx";
import { run } from "../../shared/commands/commands.ts";
import { span } from "../../shared/format/time.ts";
import { useNow } from "../../shared/live/clock.ts";
import { useMe } from "../../shared/session/session.ts";
import { DueTime } from "../../shared/ui/DueTime.tsx";
import { Face } from "../../shared/ui/Face.tsx";
import { SnoozeChip } from "../../shared/ui/SnoozeChip.tsx";
import { StateChip } from "../../shared/ui/StateChip.tsx";
import { useMedium } from "../../shared/ui/useWide.ts";
import { Actions } from "./Actions.tsx";
import styles from "./conversation.module.css";
import { Lookers } from "./lookers/Lookers.tsx";
import { MarkButtons } from "./MarkButtons.tsx";
import { ReviewAction } from "./ReviewAction.tsx";

function Duration({ from, to }: { from: number; to: number | null }) {
  const { i18n } = useTranslation();
  const now = useNow();
  return <span>{span((to ?? now) - from, i18n.language)}</span>;
}

interface Props {
  readonly snapshot: Snapshot;
  readonly readOnly: boolean;
  readonly back: (() => void) | undefined;
  readonly details: (() => void) | undefined;
  readonly detailsShown: boolean;
}

export function Header({ snapshot, readOnly, back, details, detailsShown }: Props) {
  const { t } = useTranslation();
  const me = useMe().agent.id;
  const wide = useMedium();
  const { contact, agent, state, rating } = snapshot;
  const rated = rating
    ? t("conversation.rated", { score: rating.score, levels: rating.levels ?? 5 })
    : null;
  return (
    <header className={styles.header}>
      {back ? (
        <ActionIcon variant="subtle" color="gray" aria-label={t("common.back")} onClick={back}>
          <IconArrowLeft size={20} />
        </ActionIcon>
      ) : null}
      <Face id={contact.id} name={contact.name} size={34} />
      <div className={styles.who}>
        <h2 className={styles.title}>
          <bdi>{contact.name}</bdi>
        </h2>
        <p className={styles.facts}>
          {snapshot.snoozed_until === undefined ? <StateChip state={state} /> : null}
          <SnoozeChip snapshot={snapshot} />
          {agent && agent.id !== me && state !== "waiting" ? (
            <span className={styles.with}>{t("conversation.withAgent", { name: agent.name })}</span>
          ) : null}
          {snapshot.guests?.length ? (
            <span className={styles.with}>
              {t("conversation.withGuests", {
                names: snapshot.guests.map(({ id, name }) => (id === me ? t("common.you") : name)),
              })}
            </span>
          ) : null}
          <DueTime conversation={snapshot.id} />
          {readOnly ? null : <Lookers conversation={snapshot.id} />}
          <Duration from={snapshot.opened_at} to={snapshot.closed_at} />
          {rating && rated ? (
            <span data-hint={rating.remark || rated} className={styles.rating}>
              <IconStarFilled size={12} aria-hidden="true" />
              <span aria-hidden="true">{rating.score}</span>
              <span className="sr-only">{rated}</span>
            </span>
          ) : null}
        </p>
      </div>
      {wide ? (
        <ActionIcon
          data-hint={t("conversation.find.title")}
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t("conversation.find.title")}
          onClick={() => run("find")}
        >
          <IconSearch size={18} />
        </ActionIcon>
      ) : null}
      <ReviewAction snapshot={snapshot} shown={wide || readOnly} />
      {readOnly ? null : <MarkButtons conversation={snapshot.id} />}
      {readOnly ? null : <Actions snapshot={snapshot} />}
      {details ? (
        <ActionIcon
          data-hint={t("conversation.details")}
          variant={detailsShown ? "light" : "subtle"}
          color="gray"
          size="lg"
          aria-label={t("conversation.details")}
          aria-pressed={detailsShown}
          onClick={details}
        >
          <IconLayoutSidebarRight size={19} />
        </ActionIcon>
      ) : null}
    </header>
  );
}
