import { download, transcriptOf, wholeLog } from "../model/transcript.ts";
import { Avatar } from "./Avatar.tsx";
import { useShared } from "./context.ts";
import { Icon } from "./Icon.tsx";
import { Menu, type MenuItem } from "./Menu.tsx";

function useFace() {
  const { chat, t } = useShared();
  const { look, conversation } = chat;
  const snapshot = conversation?.snapshot;
  const title = look?.title || look?.name || t("app.name");
  const agent = snapshot?.agent ?? null;
  if (snapshot?.state === "active" && agent) {
    return { name: agent.name, url: agent.avatar_url, bot: false, status: t("header.agent") };
  }
  const bot = agent?.kind === "bot" ? agent : (look?.bot ?? null);
  const face = { name: title, url: bot?.avatar_url ?? null, bot: bot !== null };
  if (snapshot?.state === "waiting") return { ...face, status: t("header.waiting") };
  if (snapshot?.state === "closed") return { ...face, status: t("header.closed") };
  if (bot && snapshot) return { ...face, name: bot.name, status: t("header.bot") };
  return { ...face, status: look?.subtitle ?? "" };
}

function useItems(): MenuItem[] {
  const { chat, t } = useShared();
  const muted = chat.sound.muted;
  const items: MenuItem[] = [
    {
      icon: muted ? "sound" : "mute",
      text: t(muted ? "menu.sound_on" : "menu.sound_off"),
      run: () => {
        chat.sound.mute(!muted);
        chat.changed();
      },
    },
    { icon: "mail", text: t("menu.leave_message"), run: () => chat.over.showForm("asked") },
  ];
  if (chat.help.shown) {
    items.unshift({ icon: "search", text: t("help.title"), run: () => chat.over.showForm("help") });
  }
  const { told } = chat;
  if (told.possible) {
    const text = t(told.on ? "told.stop" : "told.offer");
    items.push({ icon: "bell", text, run: told.on ? () => void told.stop() : told.ask });
  }
  const snapshot = chat.conversation?.snapshot;
  if (snapshot?.last_message) {
    const { id, head, agent } = snapshot;
    items.push({
      icon: "save",
      text: t("menu.transcript"),
      run: () => {
        const known = [chat.look?.bot ?? null, agent];
        wholeLog(chat.api, id, head).then(
          (entries) => download(transcriptOf(entries, known, t), `${t("transcript.file")}.txt`),
          () => chat.over.tell("action.failed"),
        );
      },
    });
  }
  if (snapshot?.last_message && chat.look?.mails) {
    items.push({ icon: "mail", text: t("menu.mail"), run: () => chat.over.showForm("mail") });
  }
  const state = snapshot?.state;
  if (state && state !== "closed") {
    items.push({ icon: "end", text: t("menu.end"), run: () => void chat.requests.end() });
  }
  return items;
}

export function Header() {
  const { chat, t } = useShared();
  const face = useFace();
  const items = useItems();
  const { line } = chat;
  const typing = chat.conversation?.typing && chat.conversation.snapshot.state !== "closed";
  const status =
    line === "online"
      ? typing
        ? t("header.typing")
        : face.status
      : line === "connecting"
        ? t("connection.connecting")
        : line === "offline"
          ? t("connection.offline")
          : line === "waiting"
            ? t("connection.waiting")
            : t("connection.refused");
  return (
    <header class="header">
      <Avatar name={face.name} url={face.url} bot={face.bot} size="large" />
      <div class="header-text">
        <h1 title={face.name}>
          <bdi>{face.name}</bdi>
        </h1>
        <p class="status" hidden={chat.refusal !== null}>
          <span class={`dot ${line}`} />
          <span class="status-text" title={status}>
            <bdi>{status}</bdi>
          </span>
        </p>
      </div>
      {!chat.refusal && <Menu label={t("header.menu")} icon="more" items={items} />}
      {chat.host.closable && (
        <button
          type="button"
          class="icon-button"
          aria-label={t("header.close")}
          onClick={() => chat.host.close()}
        >
          <Icon name="close" />
        </button>
      )}
    </header>
  );
}
