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
import { pickLanguage, translator } from "./i18n/i18n.ts";
import { createChat } from "./model/chat.ts";
import { createHost } from "./model/host.ts";
import { personal, subjectOf } from "./model/personal.ts";
import { openStorage } from "./model/storage.ts";
import { watchScreen } from "./screen.ts";
import { paint } from "./text/color.ts";

const root = document.getElementById("root");
if (!root) throw new Error("the page has no #root");

const query = new URLSearchParams(location.search);
const language = pickLanguage([query.get("language"), ...navigator.languages]);
const t = translator(language);
const host = createHost(query.get("parent"), window, query.has("inline"));
await host.ready;
const chat = createChat({
  origin: location.origin,
  channel: query.get("channel") ?? "",
  language,
  host,
  storage: personal(openStorage(host), subjectOf(host.identity)),
});

function dress(): void {
  const { look, host, unread } = chat;
  const color = query.get("color") ?? look?.color;
  if (color) paint(document.documentElement, color);
  const title = look?.title || t("app.name");
  document.title = unread > 0 && !host.embedded ? `(${unread}) ${title}` : title;
}

document.documentElement.lang = language;
dress();
chat.subscribe(dress);
watchScreen(chat);
render(<App chat={chat} t={t} />, root);
void chat.begin();
