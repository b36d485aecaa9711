import type { Connection } from "@frontdesk/realtime";
import type { Lender, Lent, Told } from "../../tell/lender.ts";
import type { Api } from "./api.ts";
import type { Host } from "./host.ts";
import type { Personal } from "./personal.ts";
import type { Session } from "./session.ts";
import { readJson } from "./storage.ts";

/** Whom this device tells of answers while the chat is closed, and where its browser takes them. */
interface Kept extends Told {
  contact: string;
}

const AGAIN = 20_000;
const isKept = (value: unknown): value is Kept =>
  typeof (value as Kept | null)?.contact === "string";

/** Notifications of answers while nobody looks. The browser is asked in a window of our own: a frame may not ask. */
export function createTold(options: {
  api: Pick<Api, "push">;
  channel: string;
  host: Host;
  storage: Personal;
  session: Session;
  /** Given where no server is behind the chat, which then tells nobody. */
  ask: typeof fetch | undefined;
  changed(): void;
}) {
  const { api, channel, host, storage, session, ask, changed } = options;
  // not among what is forgotten at once: who comes next sees to it that the one before is told no more
  const key = `frontdesk.told-here.${channel}`;
  const put = `frontdesk.untold.${channel}`;
  let on = false;
  let line: Connection | null = null;

  function set(told: Told | null): void {
    on = told !== null;
    storage.nobody.set(
      key,
      told && JSON.stringify({ ...told, contact: session.answer?.contact.id }),
    );
    tell();
    changed();
  }

  /** The server sends nothing while a page is in sight. */
  function tell(): void {
    if (on) line?.visible(!document.hidden);
  }
  document.addEventListener("visibilitychange", tell);
  setInterval(() => document.hidden || tell(), AGAIN);

  /** What the window needs: the visitor's token, and where a click on a notification leads. */
  async function lend(): Promise<Lent> {
    const to = new URL(host.page().url);
    if (host.embedded) to.hash ||= "frontdesk";
    return { token: await session.token(), to: to.href };
  }

  return {
    possible: !ask && "PushManager" in window,
    get on() {
      return on;
    },
    get offered() {
      return this.possible && !on && !storage.get(put);
    },
    /** The server has said who this is. */
    async come(connection: Connection): Promise<void> {
      line = connection;
      line.on("ready", tell);
      const kept = readJson(storage.nobody, key, isKept);
      if (!kept) return;
      const { contact: whose, ...told } = kept;
      const same = whose === session.answer?.contact.id;
      // the session of who is nobody in particular is still the one that was told
      if (same && storage.person === null)
        return set((await api.push("GET")).subscribed ? told : null);
      await api.push("PUT", told);
      if (same || whose === session.former) return set(told);
      await api.push("DELETE");
      set(null);
    },
    ask(): void {
      const lending: Lender = { lend, told: set };
      Object.assign(window, lending);
      window.open("tell.html", "_blank", "popup,width=420,height=380");
    },
    async stop(): Promise<void> {
      await api.push("DELETE");
      set(null);
    },
    putAway(): void {
      storage.set(put, "1");
      changed();
    },
  };
}
