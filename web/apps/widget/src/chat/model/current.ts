import type { Connection, ConversationState } from "@frontdesk/realtime";
import type { Page } from "../../bridge/bridge.ts";
import type { Language } from "../i18n/i18n.ts";
import type { Api } from "./api.ts";
import type { Earlier } from "./earlier.ts";
import type { PreChat } from "./prechat.ts";

const STILL_FRESH = 60 * 60_000;
const PAGE = 50;

/** Which conversation is on the screen, and how it gets there. */
export function createCurrent(options: {
  api: Pick<Api, "open" | "conversation" | "entries">;
  language: Language;
  page(): Page;
  prechat: Pick<PreChat, "answers" | "taken" | "refused">;
  now(): number;
  changed(): void;
}) {
  const { api, language, page, prechat, changed } = options;
  let line: Connection | null = null;
  let earlier: Earlier | null = null;
  let id: string | null = null;
  let opening: Promise<string> | null = null;

  function held(): ConversationState | null {
    return (id && line?.state.conversations[id]) || null;
  }

  function isOpen(): boolean {
    return id !== null && held()?.snapshot.state !== "closed";
  }

  function choose(next: string | null): void {
    const before = held();
    if (before && before.snapshot.id !== next) earlier?.retire(before.snapshot, before.entries);
    id = next;
  }

  return {
    held,
    isOpen,
    choose,
    get id() {
      return id;
    },
    attach(connection: Connection, past: Earlier, known: string | null): void {
      line = connection;
      earlier = past;
      id = known;
    },
    /** The open conversation, opened now if there is none; however many ask, it is opened once. */
    ensure(): Promise<string> {
      if (id && isOpen()) return Promise.resolve(id);
      opening ??= api
        .open({ language, page: page(), form: prechat.answers() })
        .then(({ conversation, entries }) => {
          line?.adopt(conversation, entries);
          choose(conversation.id);
          prechat.taken();
          changed();
          return conversation.id;
        })
        .catch((error: unknown) => {
          prechat.refused(error);
          throw error;
        })
        .finally(() => {
          opening = null;
        });
      return opening;
    },
    /** What was just closed is shown once more, so that it can still be rated. */
    async lookBack(): Promise<void> {
      const [last] = (await earlier?.list(1)) ?? [];
      if (!last || id) return;
      const fresh = options.now() - (last.closed_at ?? 0) < STILL_FRESH && !last.rating;
      if (last.state === "closed" && !fresh) return;
      const { entries } = await api.entries(last.id, { before: last.head + 1, limit: PAGE });
      if (id) return;
      line?.adopt(last, entries);
      id = last.id;
    },
    /** A conversation that ended while the line was down is no longer streamed: its end is fetched. */
    async catchUp(): Promise<void> {
      const mine = held();
      if (!id || mine?.live || mine?.snapshot.state === "closed") return;
      const { conversation } = await api.conversation(id);
      const after = mine?.entries.at(-1)?.seq;
      const range = after ? { after } : { before: conversation.head + 1 };
      const { entries } = await api.entries(id, { ...range, limit: 100 });
      line?.adopt(conversation, entries);
    },
  };
}

export type Current = ReturnType<typeof createCurrent>;
