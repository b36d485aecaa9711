import { useEffect, useMemo, useReducer, useRef, useState } from "preact/hooks";
import { endsInMessage } from "../model/absence.ts";
import { type Row, timeline } from "../model/timeline.ts";
import { useShared } from "./context.ts";
import { Earlier } from "./Earlier.tsx";
import { Greeting, HotQuestions, OffDuty } from "./Greeting.tsx";
import { HelpDoor } from "./HelpDoor.tsx";
import { Icon } from "./Icon.tsx";
import { RECALL_WITHIN } from "./Message.tsx";
import { FirstView, PendingView, UploadView } from "./Pending.tsx";
import { PreChat } from "./PreChat.tsx";
import { Rating } from "./Rating.tsx";
import { markOf, RowView } from "./Rows.tsx";
import { Tell } from "./Tell.tsx";
import { Typing } from "./Typing.tsx";
import { useScroll } from "./useScroll.ts";

function isFresh(row: Row, now: number): boolean {
  return row.kind === "message" && row.own && now - row.entry.at < RECALL_WITHIN;
}

/** The other side has spoken last. */
function isAnswered(rows: readonly Row[]): boolean {
  const last = rows.findLast((row) => row.kind === "message");
  return last?.kind === "message" && !last.own;
}

/** Draws once more when the newest own message grows too old to be taken back. */
function useAging(rows: readonly Row[], now: number): void {
  const [, again] = useReducer((n: number) => n + 1, 0);
  const waits = rows
    .filter((row) => isFresh(row, now))
    .map((row) => (row.kind === "message" ? row.entry.at + RECALL_WITHIN - now : 0));
  const next = waits.length > 0 ? Math.min(...waits) : 0;
  useEffect(() => {
    if (!next) return;
    const timer = setTimeout(again, next + 50);
    return () => clearTimeout(timer);
  }, [next]);
}

function useRating() {
  const { chat } = useShared();
  const [done, setDone] = useState<string | null>(null);
  const held = chat.conversation;
  if (!held || held.snapshot.rating) return null;
  const { id, state, rating_invited } = held.snapshot;
  const key = `${id}.${rating_invited}.${state === "closed"}`;
  const talked = held.entries.some((e) => e.kind === "message" && e.sender.kind === "visitor");
  const due = rating_invited || (state === "closed" && talked);
  return due && done !== key ? { id, key, dismiss: () => setDone(key) } : null;
}

function Rows({ rows }: { rows: readonly Row[] }) {
  const { chat } = useShared();
  const held = chat.conversation;
  const now = chat.now();
  useAging(rows, now);
  if (!held) return null;
  const state = held.snapshot.state;
  const waiting = chat.pending.length + chat.saying.firsts.length + chat.uploads.list.length > 0;
  const last = rows.findLast((row) => row.kind === "message" && row.own && !row.entry.recalled);
  return (
    <>
      {rows.map((row) => (
        <RowView
          key={row.key}
          row={row}
          live={state !== "closed"}
          offers={state === "bot"}
          fresh={isFresh(row, now)}
          mark={
            row === last && row.kind === "message" && !waiting ? markOf(held, row.entry.seq) : null
          }
        />
      ))}
    </>
  );
}

function OnTheirWay({ after }: { after: Row | undefined }) {
  const { chat } = useShared();
  const { pending } = chat;
  const { firsts } = chat.saying;
  const uploads = chat.uploads.list;
  const alone = after?.kind !== "message" || !after.own;
  const place = (index: number, count: number, before: number) => ({
    first: alone && before + index === 0,
    last: index === count - 1,
  });
  return (
    <>
      {pending.map((message, at) => (
        <PendingView key={message.client_id} message={message} {...place(at, pending.length, 0)} />
      ))}
      {firsts.map((message, at) => (
        <FirstView
          key={message.client_id}
          message={message}
          {...place(at, firsts.length, pending.length)}
        />
      ))}
      {uploads.map((upload, at) => (
        <UploadView
          key={upload.id}
          upload={upload}
          {...place(at, uploads.length, pending.length + firsts.length)}
        />
      ))}
    </>
  );
}

export function List() {
  const { chat, t } = useShared();
  const list = useRef<HTMLDivElement>(null);
  const { look, conversation: held, earlier } = chat;
  const entries = held?.entries;
  const agent = held?.snapshot.agent ?? null;
  const bot = look?.bot ?? null;
  const rows = useMemo(() => timeline(entries ?? [], [bot, agent]), [entries, bot, agent]);
  const rating = useRating();
  const own = chat.pending.length + chat.saying.firsts.length + chat.uploads.list.length;
  const spoke =
    own > 0 || rows.some((row) => row.kind === "message" && row.own) || (held?.oldest ?? 1) > 1;
  const state = held?.snapshot.state;
  const ended = state === "bot" && endsInMessage(entries ?? []);
  /** Nobody has it and nobody is asked: what is left is a message. */
  const alone = state === "bot" && agent === null && !bot;
  const segments = earlier?.segments ?? [];
  const unread = held ? chat.unread : 0;

  const scroll = useScroll(list, {
    top: `${segments[0]?.snapshot.id ?? ""}/${segments[0]?.entries[0]?.seq ?? ""}/${entries?.[0]?.seq ?? ""}`,
    onEnd: (atEnd) => {
      chat.reading.setAtEnd(atEnd);
      chat.changed();
    },
    onTop: () => {
      if (earlier?.more && !earlier.loading && !earlier.failed) void earlier.load();
    },
  });

  // what the visitor says is always shown to them
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new own message moves the list
  useEffect(() => {
    if (own > 0) scroll.toEnd();
  }, [own]);

  return (
    <div class="list-place">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <div class="list" ref={list} onScroll={scroll.onScroll} tabIndex={0}>
        <div class="list-inner">
          <Earlier />
          {segments.length > 0 && !held && <hr class="row-rule" />}
          <div role="log" aria-label={t("list.label")} aria-busy={chat.expecting}>
            {chat.expecting && !own ? (
              <div class="skeleton" aria-hidden="true">
                <i />
                <i />
              </div>
            ) : (
              !held && <Greeting />
            )}
            <Rows rows={rows} />
            {!spoke &&
              !chat.expecting &&
              !chat.asks &&
              (state === undefined || state === "bot") && (
                <>
                  <HelpDoor />
                  <HotQuestions />
                </>
              )}
            {(held ? alone || ended : look?.on_duty === false && !bot && !spoke) && (
              <OffDuty ended={ended} />
            )}
            <OnTheirWay after={rows.at(-1)} />
            {held?.typing && state !== "closed" && <Typing typing={held.typing} />}
          </div>
          {chat.asks && <PreChat />}
          {(state === "waiting" || (spoke && state && isAnswered(rows))) && <Tell />}
          {rating && <Rating key={rating.key} conversation={rating.id} onDone={rating.dismiss} />}
        </div>
      </div>
      {!scroll.atEnd && (
        <button
          type="button"
          class="to-end"
          aria-label={t("list.to_end")}
          onClick={() => scroll.toEnd()}
        >
          {unread > 0 && t.count("list.new", unread)}
          <Icon name="down" size={18} />
        </button>
      )}
    </div>
  );
}
