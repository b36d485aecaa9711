import type {
  ClientFrame,
  Entry,
  HelloFrame,
  Sender,
  ServerFrame,
  Snapshot,
  WireError,
} from "../frames.ts";
import { fold } from "../header.ts";

type Send = ClientFrame & { t: "send" };

/** One end of a line at the server; a `FakeSocket` is the other. */
export interface Peer {
  deliver(frame: ServerFrame): void;
  close(code: number): void;
}

interface Client {
  readonly peer: Peer;
  readonly sender: Sender;
}

interface Log {
  snapshot: Snapshot;
  entries: Entry[];
}

/** What happens to a frame on its way; the default is that it arrives. */
export type Fate = "arrive" | "drop" | "twice" | "late";

export const header = (id: string, more: Partial<Snapshot> = {}): Snapshot => ({
  id,
  channel_id: "9",
  contact: { id: "42", name: "访客 4207" },
  state: "bot",
  team_id: null,
  agent: null,
  language: "zh-CN",
  opened_at: 0,
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
  ...more,
});

export const system: Sender = { kind: "system", id: "0" };
export const visitor: Sender = { kind: "visitor", id: "42" };
export const agent: Sender = { kind: "agent", id: "7", name: "林夏" };

/** A server that keeps the protocol's promises over lines that keep none. The token says who connects: "visitor" or "agent". */
export class FakeServer {
  readonly logs = new Map<string, Log>();
  readonly clients = new Map<Peer, Client>();
  readonly received: ClientFrame[] = [];
  /** Newest page's size. */
  page = 50;
  heartbeat = 25;
  isDown = false;
  /** Longer deltas are answered with a reset. */
  maxDelta = 1000;
  fateOf: (frame: ServerFrame) => Fate = () => "arrive";
  /** Called before a message is committed; an error refuses it. */
  judge: (frame: Send) => WireError | null = () => null;
  /** Called after a commit; "cut" loses the line before the ack. */
  afterCommit: (frame: Send) => "ack" | "cut" | "mute" = () => "ack";
  refuseToken: (token: string) => boolean = () => false;
  live: (sender: Sender) => string[] = () => [...this.logs.keys()];

  open(id: string): void {
    this.logs.set(id, { snapshot: header(id), entries: [] });
    this.append(id, { kind: "opened", body: { channel_id: "9", language: "zh-CN", page: null } });
  }

  append(
    id: string,
    what: Pick<Entry, "kind" | "body"> & { sender?: Sender; client_id?: string },
    author?: Peer,
  ): Entry {
    const log = this.log(id);
    const seq = log.entries.length + 1;
    const made = { sender: system, ...what, id: `${id}${seq}`, seq, at: Date.now() } as Entry;
    log.snapshot = fold(log.snapshot, made);
    log.entries.push(made);
    for (const client of this.clients.values()) {
      if (client.peer !== author) {
        const entry = this.shown(made, client);
        this.push(client, { t: "entry", conversation: id, entry });
      }
    }
    return made;
  }

  say(id: string, text: string, sender = agent): Entry {
    return this.append(id, { kind: "message", body: { type: "text", text }, sender });
  }

  texts(id: string): string[] {
    return this.log(id).entries.flatMap(({ body }) =>
      "text" in body && "type" in body ? [body.text] : [],
    );
  }

  log(id: string): Log {
    const log = this.logs.get(id);
    if (!log) throw new Error(`no conversation ${id}`);
    return log;
  }

  broadcast(frame: ServerFrame): void {
    for (const client of this.clients.values()) this.push(client, frame);
  }

  cut(code = 1006): void {
    for (const peer of [...this.clients.keys()]) this.drop(peer, code);
  }

  drop(peer: Peer, code = 1006): void {
    this.clients.delete(peer);
    peer.close(code);
  }

  receive(peer: Peer, frame: ClientFrame): void {
    this.received.push(frame);
    if (frame.t === "hello") {
      this.hello(peer, frame);
      return;
    }
    const client = this.clients.get(peer);
    if (!client) return;
    switch (frame.t) {
      case "send":
        this.commit(client, frame);
        break;
      case "history": {
        const { entries } = this.log(frame.conversation);
        const { ref, conversation, limit = 50, before, after } = frame;
        const inside = entries.filter((e) => e.seq > (after ?? 0) && e.seq < (before ?? 1e9));
        const some = after === undefined ? inside.slice(-limit) : inside.slice(0, limit);
        const page = some.map((entry) => this.shown(entry, client));
        const more = some.length < inside.length;
        peer.deliver({ t: "page", ref, conversation, entries: page, more });
        break;
      }
      case "recall": {
        const { ref, conversation, seq } = frame;
        const log = this.log(conversation);
        log.entries = log.entries.map((entry) =>
          entry.seq === seq ? ({ ...entry, recalled: true, body: {} } as Entry) : entry,
        );
        this.append(conversation, { kind: "recalled", body: { seq }, sender: client.sender });
        peer.deliver({ t: "done", ref });
        break;
      }
      case "token":
        if (this.refuseToken(frame.token)) this.drop(peer, 4401);
        break;
      case "ping":
        peer.deliver({ t: "pong" });
        break;
    }
  }

  private push(client: Client, frame: ServerFrame): void {
    const fate = this.fateOf(frame);
    const deliver = () => this.clients.has(client.peer) && client.peer.deliver(frame);
    if (fate === "late") setTimeout(deliver, 3000);
    else if (fate !== "drop") deliver();
    if (fate === "twice") deliver();
  }

  private shown(entry: Entry, { sender }: Client): Entry {
    if (entry.sender.id === sender.id) return entry;
    const { client_id: _, ...rest } = entry;
    return rest as Entry;
  }

  private hello(peer: Peer, { token, heads }: HelloFrame): void {
    if (this.refuseToken(token)) {
      peer.close(4401);
      return;
    }
    const sender = token.startsWith("agent") ? agent : visitor;
    const kind = sender.kind === "agent" ? "agent" : "visitor";
    const client = { peer, sender };
    this.clients.set(peer, client);
    peer.deliver({
      t: "welcome",
      connection: "1",
      subject: { kind, id: sender.id },
      server_time: Date.now(),
      heartbeat: this.heartbeat,
      limits: { max_text: 4000, max_frame: 65536, max_upload: 1e7 },
    });
    for (const id of this.live(sender)) {
      const log = this.log(id);
      const last = heads[id];
      const delta = log.entries.slice(last ?? -this.page).map((entry) => this.shown(entry, client));
      if (last !== undefined && delta.length > this.maxDelta) {
        const entries = delta.slice(-this.page);
        peer.deliver({ t: "reset", conversation: id, snapshot: log.snapshot, entries });
      } else {
        if (last === undefined) peer.deliver({ t: "conversation", conversation: log.snapshot });
        peer.deliver({ t: "entries", conversation: id, entries: delta });
      }
    }
    peer.deliver({ t: "ready" });
  }

  private commit(client: Client, frame: Send): void {
    const { conversation, client_id, body } = frame;
    const error = this.judge(frame);
    if (error) {
      client.peer.deliver({ t: "error", ref: client_id, error });
      return;
    }
    if (body.type !== "text") throw new Error("only text here");
    const known = this.log(conversation).entries.find((entry) => entry.client_id === client_id);
    const said = { kind: "message", body, sender: client.sender, client_id } as const;
    const entry = known ?? this.append(conversation, said, client.peer);
    const then = this.afterCommit(frame);
    if (then === "cut") {
      this.drop(client.peer);
      return;
    }
    const { id, seq, at } = entry;
    if (then === "ack")
      client.peer.deliver({ t: "ack", client_id, conversation, id, seq, at, entry });
  }
}
