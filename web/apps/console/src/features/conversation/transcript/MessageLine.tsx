import type { Entry } from "@frontdesk/realtime";
import { IconCheck, IconChecks, IconClock } from "@tabler/icons-react";
import { memo, useState } from "react";
import { useTranslation } from "../../../i18n/translation.tsx";
import { clockTime } from "../../../shared/format/time.ts";
import { useMe } from "../../../shared/session/session.ts";
import { Face } from "../../../shared/ui/Face.tsx";
import { Links } from "../links/Links.tsx";
import { linksOf } from "../links/links.ts";
import { Translated } from "../translation/Translated.tsx";
import { Content } from "./Content.tsx";
import { type Mark, recallable } from "./lines.ts";
import { MessageTools } from "./MessageTools.tsx";
import styles from "./message.module.css";
import { Quote } from "./Quote.tsx";
import { Recall } from "./Recall.tsx";
import transcript from "./transcript.module.css";

type MessageEntry = Extract<Entry, { kind: "message" }>;

export function MarkIcon({ mark }: { mark: Mark | "pending" }) {
  const { t } = useTranslation();
  const Icon = { pending: IconClock, sent: IconCheck, delivered: IconChecks, read: IconChecks }[
    mark
  ];
  return (
    <span className={styles.mark} data-mark={mark}>
      <Icon size={14} aria-hidden="true" />
      <span className="sr-only">{t(`conversation.${mark}`)}</span>
    </span>
  );
}

interface Props {
  readonly conversation: string;
  readonly contact: { readonly id: string; readonly name: string };
  readonly entry: MessageEntry;
  readonly first: boolean;
  readonly last: boolean;
  readonly quoted: MessageEntry | null;
  readonly mark: Mark | null;
  readonly found: boolean;
  /** For how many seconds one's own message can be recalled. */
  readonly recall: number;
  /** Whether there is a service that translates. */
  readonly translates: boolean;
}

export const MessageLine = memo(function MessageLine(props: Props) {
  const { conversation, contact, entry, first, last, quoted, mark, found, recall } = props;
  const { t, i18n } = useTranslation();
  const me = useMe().agent.id;
  const [drawn, setDrawn] = useState(false);
  const draw = () => setDrawn(true);
  const { sender } = entry;
  const fromVisitor = sender.kind === "visitor";
  const own = sender.kind === "agent" && sender.id === me;
  const name = fromVisitor
    ? contact.name
    : (sender.name ?? t(sender.kind === "system" ? "conversation.automatic" : "conversation.bot"));
  if (entry.recalled) {
    return (
      <p className={transcript.system} data-found={found || undefined}>
        {own ? t("conversation.recalledByYou") : t("conversation.recalled", { name })}
        <time dateTime={new Date(entry.at).toISOString()}>
          {clockTime(entry.at, i18n.language)}
        </time>
      </p>
    );
  }
  const links = linksOf(entry);
  const translates = props.translates && entry.body.type === "text";
  const young = own && recallable(entry, me, Date.now(), recall);
  return (
    <article
      className={styles.message}
      data-side={fromVisitor ? "their" : "our"}
      data-by={sender.kind}
      data-first={first || undefined}
      data-found={found || undefined}
      data-seq={entry.seq}
      tabIndex={-1}
      aria-label={name}
      onPointerEnter={draw}
    >
      <span className={styles.side}>
        {first ? (
          <Face
            id={fromVisitor ? contact.id : sender.id}
            name={name}
            size={30}
            bot={sender.kind === "bot" || sender.kind === "system"}
          />
        ) : null}
      </span>
      <div className={styles.column}>
        {first && !own ? <span className={styles.sender}>{name}</span> : null}
        <div className={styles.line}>
          <Content
            body={entry.body}
            quote={quoted ? <Quote entry={quoted} contact={contact.name} /> : null}
          />
          <span className={styles.tools}>
            <MessageTools
              entry={entry}
              conversation={conversation}
              me={me}
              translates={translates}
              drawn={drawn}
              draw={draw}
              t={t}
            />
            {young ? (
              <Recall
                entry={entry}
                conversation={conversation}
                seconds={recall}
                drawn={drawn}
                draw={draw}
              />
            ) : null}
          </span>
        </div>
        {translates ? <Translated conversation={conversation} entry={entry} /> : null}
        {links.length ? <Links conversation={conversation} seq={entry.seq} links={links} /> : null}
        {last ? (
          <span className={styles.meta}>
            <time dateTime={new Date(entry.at).toISOString()}>
              {clockTime(entry.at, i18n.language)}
            </time>
            {mark ? <MarkIcon mark={mark} /> : null}
          </span>
        ) : null}
      </div>
    </article>
  );
});
