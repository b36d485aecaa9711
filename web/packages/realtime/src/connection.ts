import type { Connection, ConnectionOptions } from "./api.ts";
import { clientIds } from "./client-id.ts";
import { confirmations } from "./confirmations.ts";
import { credentials } from "./credentials.ts";
import { failure, RealtimeError } from "./failure.ts";
import type { HistoryRange, ServerFrame } from "./frames.ts";
import { hub } from "./hub.ts";
import { ledger, type Subject } from "./ledger.ts";
import { line } from "./line.ts";
import { pending } from "./pending.ts";
import { pointers } from "./pointers.ts";
import { type EntryFrame, repair } from "./repair.ts";
import { type Answer, requests } from "./requests.ts";
import { sending } from "./sending.ts";
import { typist } from "./typing.ts";
import { wakeOnReturn } from "./wake.ts";

/** How often to look for messages that another tab left behind. */
const SWEEP_MS = 30_000;

/** Joins the parts: what the line receives goes through `take`, in order and one frame at a time. */
export function createConnection(options: ConnectionOptions): Connection {
  const { outbox, random = Math.random, now: localNow = Date.now, ids = clientIds() } = options;
  let subject: Subject | undefined;
  let maxFrame = 65_536;
  /** How much the server's clock is ahead of ours. */
  let ahead = 0;
  let watch: { end(): void } | undefined;
  /** Conversations that made us start over once; a second time would be a loop. */
  const strangers = new Set<string>();

  const now = () => localNow() + ahead;
  const isOnline = () => wire.status.phase === "online";
  const screens = hub();
  const asked = requests();
  const book = ledger(now, screens.changed);
  const keys = credentials({ fetchToken: () => options.token(), now, random });
  const messages = pending({
    outbox,
    now,
    ids,
    isInLog: ({ conversation, client_id }) =>
      book.state.conversations[conversation]?.entries.some(
        (entry) => entry.client_id === client_id,
      ) ?? false,
    changed: screens.changed,
  });
  const own = confirmations({
    messages,
    settle: (client_id) => outgoing.settle(client_id, "confirmed"),
    isShown: (id, seq) => !book.state.conversations[id] || book.position(id).last >= seq,
  });
  const wire = line({
    options,
    credentials: keys,
    random,
    now: localNow,
    hello: (token) => {
      const { device, client } = options;
      return { t: "hello", token, device, heads: book.heads(), ...(client && { client }) };
    },
    frame: take,
    lost(rejected) {
      asked.lost();
      gaps.lost();
      marks.lost();
      outgoing.lost(rejected);
    },
    changed: screens.changed,
  });
  const outgoing = sending({
    outbox,
    pending: messages,
    random,
    isOnline,
    send: wire.send,
    doubt: wire.probe,
    maxFrame: () => maxFrame,
  });
  const marks = pointers({
    state: () => book.state,
    side: () => subject?.kind,
    isOnline,
    send: wire.send,
    apply: book.apply,
  });
  const keyboard = typist((frame) => {
    if (isOnline()) wire.send(frame);
  });
  const gaps = repair({
    position: book.position,
    history,
    apply(frame) {
      book.apply(frame);
      screens.announce(frame);
    },
  });

  function take(frame: ServerFrame): void {
    if (frame.t === "entry" || frame.t === "ack") takeEntry(frame);
    else takeOther(frame);
    own.sweep();
  }

  function takeEntry(frame: EntryFrame): void {
    const { conversation, entry } = frame;
    own.recognise(conversation, [
      frame.t === "ack" ? { ...entry, client_id: frame.client_id } : entry,
    ]);
    const isKnown = conversation in book.state.conversations;
    if (!isKnown && frame.t === "entry") {
      meet(conversation);
    } else if (isKnown && entry.seq > book.position(conversation).last + 1) {
      gaps.hold(frame);
    } else if (book.apply(frame) || frame.t === "ack") {
      screens.announce(frame);
    }
    marks.moved();
  }

  /** An entry of a conversation nobody told us of: its header was lost on the way, and only a resumption brings it. */
  function meet(conversation: string): void {
    if (strangers.has(conversation)) return;
    strangers.add(conversation);
    wire.resync();
  }

  function takeOther(frame: ServerFrame): void {
    if (frame.t === "welcome") {
      subject = frame.subject;
      maxFrame = frame.limits.max_frame;
      ahead = frame.server_time - localNow();
    }
    if ("entries" in frame) own.recognise(frame.conversation, frame.entries);
    book.apply(frame);
    follow(frame);
    screens.announce(frame);
  }

  /** What a frame leads to besides its effect on the state. */
  function follow(frame: ServerFrame): void {
    switch (frame.t) {
      case "ready":
        for (const id of Object.keys(book.state.conversations)) check(id);
        void outgoing.wake();
        marks.moved();
        break;
      case "conversation":
        if (isOnline()) check(frame.conversation.id);
        break;
      case "entries":
      case "reset":
        marks.moved();
        break;
      case "page":
        asked.settle(frame.ref, frame);
        marks.moved();
        break;
      case "done":
        asked.settle(frame.ref, frame);
        break;
      case "error":
        if (frame.ref !== undefined && !outgoing.settle(frame.ref, frame.error)) {
          asked.settle(frame.ref, frame.error);
        }
        break;
    }
  }

  function check(id: string): void {
    if (book.state.conversations[id]?.live) gaps.check(id);
  }

  async function ask(send: (ref: string) => void): Promise<Answer> {
    const { phase } = wire.status;
    if (phase === "online" || phase === "syncing") return asked.ask(send);
    throw new RealtimeError(failure("unavailable", "offline", "There is no connection."));
  }

  async function history(conversation: string, range: HistoryRange) {
    const answer = await ask((ref) => wire.send({ t: "history", ref, conversation, ...range }));
    return answer.t === "page"
      ? { entries: answer.entries, more: answer.more }
      : { entries: [], more: false };
  }

  return {
    get state() {
      return book.state;
    },
    get status() {
      return wire.status;
    },
    get pending() {
      return messages.list;
    },
    now,
    start() {
      if (!watch) {
        const unwatch = (options.wake ?? wakeOnReturn)(wire.probe);
        const timer = setInterval(() => isOnline() && outgoing.wake(), SWEEP_MS);
        watch = {
          end() {
            unwatch();
            clearInterval(timer);
          },
        };
        void messages.refresh();
      }
      wire.start();
    },
    stop() {
      watch?.end();
      watch = undefined;
      book.stop();
      wire.stop();
    },
    reconnectNow: wire.reconnectNow,
    subscribe: screens.subscribe,
    on: screens.on,
    send(conversation, body, written) {
      const message = messages.create(conversation, body, written);
      keyboard.sent(conversation);
      outgoing.drain(conversation);
      return message;
    },
    retry(client_id) {
      const message = messages.get(client_id);
      if (message?.state !== "failed") return;
      const { error: _, ...rest } = message;
      messages.update({ ...rest, state: "queued" });
      outgoing.drain(message.conversation);
    },
    discard(client_id) {
      outgoing.settle(client_id, "confirmed");
      messages.hide(client_id);
    },
    async recall(conversation, seq) {
      await ask((ref) => wire.send({ t: "recall", ref, conversation, seq }));
    },
    history,
    read: marks.read,
    typing: keyboard.typing,
    look(conversation, doing) {
      if (isOnline()) wire.send({ t: "look", conversation, doing });
    },
    visible(visible) {
      if (isOnline()) wire.send({ t: "visible", visible });
    },
    adopt(snapshot, entries) {
      own.recognise(snapshot.id, entries);
      book.adopt(snapshot, entries, subject);
      own.sweep();
      if (isOnline()) check(snapshot.id);
      marks.moved();
    },
  };
}
