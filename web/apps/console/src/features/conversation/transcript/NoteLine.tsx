import type { Colleague } from "@frontdesk/realtime";
import { IconEar, IconNotes } from "@tabler/icons-react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { clockTime } from "../../../shared/format/time.ts";
import { useMe } from "../../../shared/session/session.ts";
import { Linked } from "../../../shared/ui/Linked.tsx";
import { Links } from "../links/Links.tsx";
import { linksOf } from "../links/links.ts";
import type { NoteEntry } from "./lines.ts";
import { namedIn } from "./named.ts";
import { TicketLine } from "./TicketLine.tsx";
import styles from "./transcript.module.css";

interface Props {
  readonly conversation: string;
  readonly entry: NoteEntry;
  readonly found: boolean;
}

function Words({ text, mentions = [] }: { text: string; mentions?: readonly Colleague[] }) {
  return namedIn(text, mentions).map(({ piece, at, named }) =>
    named ? (
      <span key={at} className={styles.mention}>
        {piece}
      </span>
    ) : (
      <Linked key={at} text={piece} />
    ),
  );
}

/** A note or a whisper: what colleagues say to each other, in a colour of its own. */
export function NoteLine({ conversation, entry, found }: Props) {
  const { t, i18n } = useTranslation();
  const me = useMe().agent.id;
  if (entry.kind === "note" && entry.body.ticket) return <TicketLine entry={entry} found={found} />;
  const whisper = entry.kind === "whisper";
  const Icon = whisper ? IconEar : IconNotes;
  const links = linksOf(entry);
  const label = whisper
    ? t(entry.body.to.id === me ? "whisper.toYou" : "whisper.line", { name: entry.body.to.name })
    : t("conversation.note");
  return (
    <article
      className={styles.note}
      data-kind={entry.kind}
      data-seq={entry.seq}
      data-found={found || undefined}
      aria-label={label}
    >
      <header>
        <Icon size={14} aria-hidden="true" />
        <strong>{entry.sender.name ?? t("conversation.system.somebody")}</strong>
        <span>{label}</span>
        <time dateTime={new Date(entry.at).toISOString()}>
          {clockTime(entry.at, i18n.language)}
        </time>
      </header>
      <div className={styles.noteText} dir="auto">
        {entry.kind === "whisper" ? (
          <Linked text={entry.body.text} />
        ) : (
          <Words text={entry.body.text} mentions={entry.body.mentions ?? []} />
        )}
      </div>
      {links.length ? <Links conversation={conversation} seq={entry.seq} links={links} /> : null}
    </article>
  );
}
