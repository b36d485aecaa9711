import { memoryStorage } from "../chat/model/storage.ts";
import { start } from "../chat/start.tsx";
import { type Draft, sessionOf, takeNoFocus } from "./draft.ts";
import { pretendLine } from "./line.ts";

/** The chat's own code, with a server that only knows what has not been saved yet. */
function draft(): Draft {
  const { draft: given } = parent;
  if (!given) throw new Error("there is nothing to look at");
  return given;
}

const opened = () => ({
  conversation: {
    id: "1",
    channel_id: "0",
    contact: { id: "0", name: "" },
    state: "bot",
    team_id: null,
    agent: null,
    language: draft().language,
    opened_at: Date.now(),
    waiting_since: null,
    closed_at: null,
    close_reason: null,
    head: 0,
    last_message: null,
    received: { visitor: 0, agent: 0 },
    read: { visitor: 0, agent: 0 },
    rating_invited: false,
    rating: null,
    wrap_up: null,
  },
  entries: [],
});

function answer(path: string): object | null {
  if (path === "/v1/visitor/session") return sessionOf(draft());
  return path === "/v1/visitor/conversations" ? opened() : null;
}

const ask: typeof fetch = (input) => {
  const said = answer(new URL(String(input)).pathname);
  return Promise.resolve(Response.json(said ?? {}, { status: said ? 200 : 409 }));
};

takeNoFocus();
const chat = await start({ ask, line: pretendLine, storage: memoryStorage() });
Object.assign(window, { redraw: () => void chat.refresh() });
