import {
  type Connection,
  clientIds,
  type Entry,
  memoryOutbox,
  type OutboxStore,
  type PendingMessage,
} from "@frontdesk/realtime";
import { type Absence, closedOf } from "./absence.ts";
import { createAlerts } from "./alerts.ts";
import { createApi } from "./api.ts";
import { createChanges } from "./changes.ts";
import { connect } from "./connect.ts";
import { createCurrent } from "./current.ts";
import { createEarlier, type Earlier } from "./earlier.ts";
import { createFirstMessages } from "./first.ts";
import { createHelp } from "./help.ts";
import { type Line, lineOf } from "./line.ts";
import type { Look, SessionAnswer } from "./look.ts";
import { createOpening } from "./opening.ts";
import { openOutbox } from "./outbox.ts";
import { createOver } from "./over.ts";
import { createPreChat } from "./prechat.ts";
import { createReading } from "./reading.ts";
import { createRequests } from "./requests.ts";
import { createSaying } from "./saying.ts";
import { isKeptOut, type Refusal, signIn } from "./signin.ts";
import { createSound } from "./sound.ts";
import type { Surroundings } from "./surroundings.ts";
import { isTheirs } from "./timeline.ts";
import { createTold } from "./told.ts";
import { bodyOf, createUploads, type Upload } from "./uploads.ts";
import { createVisitor } from "./visitor.ts";

export type Chat = ReturnType<typeof createChat>;

/** Everything behind the screen; a component reads it and is drawn again when it has changed. */
export function createChat(surroundings: Surroundings) {
  const { origin, channel, language, t, host, storage, ask, line = connect } = surroundings;
  const renewed = async () => (await session.renew()).token;
  const api = createApi(origin, language, { token: () => session.token(), renew: renewed }, ask);
  const stop = () => connection?.stop();
  const came = (answer: SessionAnswer) => {
    look = answer.channel;
    host.look(look.color);
    prechat.ask(answer.form, answer.conversation !== null);
    changed();
  };
  const session = createVisitor({ channel, language, host, storage, api, came, stop });
  const ids = clientIds();
  const first = createFirstMessages(storage, channel, ids);
  const sound = createSound(storage);
  const alerted = createAlerts(sound);
  const media = new Map<string, Upload>();
  let connection: Connection | null = null;
  let outbox: OutboxStore = memoryOutbox();
  let earlier: Earlier | null = null;
  let look: Look | null = session.remembered();
  let refusal: Refusal | null = null;
  let everUp = false;
  let clockOffset = 0;
  let unread = 0;

  const { changed, subscribe } = createChanges(() => {
    unread = reading.update(current.held(), current.id ? (session.answer?.unread ?? 0) : 0);
  });
  const now = () => Date.now() + clockOffset;
  const renew = () => void session.renew().catch(() => undefined);
  const prechat = createPreChat({ storage, channel, renew, changed });
  const current = createCurrent({ api, language, page: host.page, prechat, now, changed });
  const over = createOver(changed);
  const help = createHelp({ api, changed });
  const requests = createRequests({ api, current, over, sent: () => saying.sent(), changed });
  const reading = createReading({
    read: (id, seq) => connection?.read(id, seq),
    unread: (count) => host.unread(count, count ? t.count("app.unread", count) : ""),
  });
  const firsts = createOpening({
    first,
    wanted: () => prechat.given && !current.isOpen(),
    held: asks,
    ensure: async () => {
      if (!connection) throw new Error("not signed in yet");
      return current.ensure();
    },
    send: (id, { text, ...written }) => {
      connection?.send(id, { type: "text", text }, written);
    },
    refused: () => void (prechat.due || over.tell("action.failed")),
    changed,
  });
  const uploads = createUploads({
    url: new URL("/v1/media", origin).href,
    token: session.token,
    changed,
    done: async (given, upload) => {
      const id = await current.ensure();
      media.set(given.media_id, upload);
      connection?.send(id, bodyOf(given, upload));
    },
  });
  const told = createTold({ api, channel, host, storage, session, ask, changed });
  const saying = createSaying({
    line: () => connection,
    current,
    first,
    flush: () => firsts.now(),
    tell: over.tell,
    changed,
  });

  /** The form before the chat stands where messages are written. */
  function asks(): boolean {
    return connection !== null && current.id === null && prechat.due;
  }

  function heard(conversation: string, entry: Entry): void {
    if (conversation !== current.id) return;
    if (isTheirs(entry)) host.heard(entry);
    alerted(entry, { watching: reading.visible && document.hasFocus(), now: now() });
  }

  /** The server let go of us: it may not let us in again, which is then said in its place. */
  async function askWhy(): Promise<void> {
    if (!refusal && (await isKeptOut(session.renew))) refusal = "access";
    changed();
  }

  async function begin(): Promise<void> {
    const answer = await signIn(session.renew, () => {
      everUp = true;
      changed();
    });
    if (typeof answer === "string") {
      refusal = answer;
      return changed();
    }
    const { former } = session;
    outbox = await openOutbox({ contact: answer.contact.id, former, channel, storage, first, ids });
    connection = line({
      origin,
      outbox,
      ids,
      token: session.connectionToken,
      changed,
      up: () => {
        everUp = true;
      },
      ended: () => void askWhy(),
      clock: (server) => {
        clockOffset = server - Date.now();
      },
      appeared: ({ id, state }) => {
        if (state !== "closed" && !current.isOpen()) current.choose(id);
      },
      ready: () => {
        void firsts.flush();
        void help.look();
        current.catchUp().catch(() => undefined);
      },
      heard,
    });
    earlier = createEarlier({ api, connection, current: () => current.id, changed });
    current.attach(connection, earlier, answer.conversation?.id ?? null);
    connection.start();
    void told.come(connection).catch(() => undefined);
    changed();
    if (session.returning) await current.lookBack().catch(() => undefined);
    void firsts.flush();
    changed();
  }

  return {
    host,
    sound,
    api,
    media,
    uploads,
    reading,
    requests,
    saying,
    prechat,
    channel,
    storage,
    changed,
    now,
    over,
    help,
    told,
    begin,
    /** Asks the server anew how the channel stands. */
    refresh: session.renew,
    subscribe,
    get look() {
      return look;
    },
    get refusal() {
      return refusal;
    },
    get conversation() {
      return current.held();
    },
    /** There is a conversation, or may be one, but it has not arrived yet. */
    get expecting() {
      if (!connection) return refusal === null;
      return current.id !== null && current.held() === null;
    },
    get pending(): readonly PendingMessage[] {
      return connection?.pending.filter((message) => message.conversation === current.id) ?? [];
    },
    get unsent(): number {
      const queued = connection?.pending.filter((message) => message.state !== "failed") ?? [];
      return queued.length + first.waiting().length;
    },
    get line(): Line {
      return lineOf(connection?.status ?? null, navigator.onLine, everUp);
    },
    get earlier() {
      return earlier;
    },
    get unread() {
      return unread;
    },
    get absence(): Absence | null {
      return requests.absence ?? closedOf(look);
    },
    get asks() {
      return asks();
    },
    setVisible(visible: boolean): void {
      reading.setVisible(visible);
      changed();
    },
    retryLine(): void {
      connection?.reconnectNow();
      firsts.now();
    },
    start(): void {
      prechat.give();
      firsts.now();
    },
    /** A fresh page; the conversation itself is opened with the first message. */
    startAnew(): void {
      current.choose(null);
      changed();
    },
  };
}
