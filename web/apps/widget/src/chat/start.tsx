import "./styles/base.css";
import "./styles/frame.css";
import "./styles/menu.css";
import "./styles/list.css";
import "./styles/bubble.css";
import "./styles/marks.css";
import "./styles/rich.css";
import "./styles/composer.css";
import "./styles/cards.css";
import "./styles/sheet.css";
import { render } from "preact";
import { App } from "./App.tsx";
import { directionOf, load, pickLanguage } from "./i18n/i18n.ts";
import { type Chat, createChat } from "./model/chat.ts";
import type { connect } from "./model/connect.ts";
import { createHost } from "./model/host.ts";
import { personal, subjectOf } from "./model/personal.ts";
import { openStorage, type Storage } from "./model/storage.ts";
import { watchScreen } from "./screen.ts";
import { light, paint } from "./text/color.ts";

/** What stands behind the chat; by default this server and this browser. */
interface Behind {
  ask?: typeof fetch;
  line?: typeof connect;
  storage?: Storage;
}

/** Draws the chat into this page and begins. */
export async function start({ ask, line, storage }: Behind = {}): Promise<Chat> {
  const root = document.getElementById("root");
  if (!root) throw new Error("the page has no #root");
  const query = new URLSearchParams(location.search);
  const language = pickLanguage([query.get("language"), ...navigator.languages]);
  const host = createHost(query.get("parent"), window, query.has("inline"));
  const [t] = await Promise.all([load(language), host.ready]);
  const chat = createChat({
    origin: location.origin,
    channel: query.get("channel") ?? "",
    language,
    t,
    host,
    storage: personal(storage ?? openStorage(host), subjectOf(host.identity)),
    ask,
    line,
  });

  function dress(): void {
    const { look, unread } = chat;
    const color = query.get("color") ?? look?.color;
    if (color) paint(document.documentElement, color);
    light(document.documentElement, query.get("theme") ?? look?.theme);
    const title = look?.title || t("app.name");
    document.title = unread > 0 && !host.embedded ? `(${unread}) ${title}` : title;
  }

  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
  dress();
  chat.subscribe(dress);
  watchScreen(chat);
  render(<App chat={chat} t={t} />, root);
  void chat.begin();
  return chat;
}
