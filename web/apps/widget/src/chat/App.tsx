import { useEffect } from "preact/hooks";
import { Banner } from "./components/Banner.tsx";
import { Composer } from "./components/Composer.tsx";
import { SharedContext, useChanges, useShared } from "./components/context.ts";
import { Header } from "./components/Header.tsx";
import { Icon } from "./components/Icon.tsx";
import { Later } from "./components/Later.tsx";
import { LeaveMessage } from "./components/LeaveMessage.tsx";
import { List } from "./components/List.tsx";
import { QueueCard } from "./components/QueueCard.tsx";
import { Toast } from "./components/Toast.tsx";
import type { Translate } from "./i18n/i18n.ts";
import type { Chat } from "./model/chat.ts";

function Refused({ why }: { why: "channel" | "access" }) {
  const { t } = useShared();
  return (
    <div class="refused" role="alert">
      <Icon name="alert" size={32} />
      <h2>{t("app.failed.title")}</h2>
      <p>{t(`app.failed.${why}`)}</p>
    </div>
  );
}

function Ended() {
  const { chat, t } = useShared();
  return (
    <div class="ended">
      <span>{t("closed.text")}</span>
      <button type="button" class="button primary" onClick={() => chat.startAnew()}>
        <Icon name="plus" size={18} />
        {t("closed.new")}
      </button>
    </div>
  );
}

function Body() {
  const { chat } = useShared();
  useChanges();
  const state = chat.conversation?.snapshot.state;
  const { form } = chat.over;
  if (chat.refusal) {
    return (
      <>
        <Header />
        <Refused why={chat.refusal} />
      </>
    );
  }
  return (
    <>
      <div class="chat-main" inert={form !== null}>
        <Header />
        <Banner />
        <List />
        {state === "waiting" && <QueueCard />}
        <Toast />
        {state === "closed" ? <Ended /> : !chat.asks && <Composer />}
      </div>
      {(form === "help" || form === "mail") && <Later page={form} />}
      {(form === "asked" || form === "absent") && <LeaveMessage why={form} />}
    </>
  );
}

export function App({ chat, t }: { chat: Chat; t: Translate }) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
      // what lies over the chat goes first, wherever the focus is
      if (chat.over.form) chat.over.showForm(null);
      else chat.host.close();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [chat]);
  return (
    <SharedContext.Provider value={{ chat, t }}>
      <main class={chat.host.embedded ? "chat embedded" : "chat alone"}>
        <Body />
      </main>
    </SharedContext.Provider>
  );
}
