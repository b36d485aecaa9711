import type { Written } from "./api.ts";
import { byCreation, type ClientIds } from "./client-id.ts";
import type { OutgoingBody } from "./frames.ts";
import type { OutboxStore, PendingMessage } from "./outbox.ts";

export interface PendingDeps {
  readonly outbox: OutboxStore;
  readonly now: () => number;
  readonly ids: ClientIds;
  /** Whether the log shows the message already, so that it must not be shown a second time. */
  isInLog(message: PendingMessage): boolean;
  changed(): void;
}

export interface Pending {
  readonly list: readonly PendingMessage[];
  get(client_id: string): PendingMessage | undefined;
  /** The next message of a conversation that is to be sent. */
  next(conversation: string): PendingMessage | undefined;
  create(conversation: string, body: OutgoingBody, written?: Written): PendingMessage;
  update(message: PendingMessage): void;
  /** Takes it out of the store and out of `next`; it stays on show until `hide`. */
  confirm(client_id: string): void;
  hide(client_id: string): void;
  /** Brings the list in line with the store, into which other tabs write too. */
  refresh(): Promise<void>;
}

/** This tab's view of the outbox: in the order of writing, every change stored before the next `refresh` returns. */
export function pending({ outbox, now, ids, isInLog, changed }: PendingDeps): Pending {
  const confirmed = new Set<string>();
  /** What this tab knows to be in the store; the rest it must not take for deleted. */
  const stored = new Set<string>();
  let list: readonly PendingMessage[] = [];
  let writes: Promise<void> = Promise.resolve();

  function show(next: readonly PendingMessage[]): void {
    if (next.length === list.length && next.every((message, index) => message === list[index])) {
      return;
    }
    list = next;
    changed();
  }

  /** Begins at once. A store that fails (private mode, no space) costs surviving a reload, not sending. */
  function write(work: () => Promise<void>): void {
    const done = work().catch(() => undefined);
    writes = writes.then(() => done);
  }

  function save(message: PendingMessage): void {
    const state = message.state === "failed" ? "failed" : "queued";
    write(async () => {
      await outbox.put({ ...message, state });
      stored.add(message.client_id);
    });
  }

  function confirm(client_id: string): void {
    if (confirmed.has(client_id)) return;
    confirmed.add(client_id);
    write(() => outbox.remove(client_id));
  }

  const get = (client_id: string) => list.find((message) => message.client_id === client_id);

  function merge(fromStore: readonly PendingMessage[], known: ReadonlySet<string>): void {
    const theirs = new Map(fromStore.map((message) => [message.client_id, message]));
    const kept = list.flatMap((mine) => {
      const message = theirs.get(mine.client_id);
      theirs.delete(mine.client_id);
      if (mine.state === "sending" || confirmed.has(mine.client_id)) return mine;
      if (!message) return known.has(mine.client_id) ? [] : mine;
      return message.state === mine.state ? mine : message;
    });
    const found = [...theirs.values()].filter((message) => {
      stored.add(message.client_id);
      ids.follow(message.client_id);
      if (isInLog(message)) confirm(message.client_id);
      return !confirmed.has(message.client_id);
    });
    show([...kept, ...found].sort(byCreation));
  }

  return {
    get list() {
      return list;
    },
    get,
    next: (conversation) =>
      list.find(
        (message) =>
          message.conversation === conversation &&
          message.state !== "failed" &&
          !confirmed.has(message.client_id),
      ),
    create(conversation, body, written) {
      const created_at = written?.created_at ?? now();
      const client_id = written?.client_id ?? ids.next(created_at);
      const message = { client_id, conversation, body, created_at, state: "queued" } as const;
      save(message);
      if (confirmed.has(client_id) || isInLog(message)) {
        confirmed.delete(client_id);
        confirm(client_id);
      } else if (!get(client_id)) {
        show([...list, message].sort(byCreation));
      }
      return message;
    },
    update(message) {
      const mine = get(message.client_id);
      if (!mine || confirmed.has(message.client_id)) return;
      const durable = (state: PendingMessage["state"]) => state === "failed";
      if (durable(mine.state) || durable(message.state)) save(message);
      show(list.map((held) => (held === mine ? message : held)));
    },
    confirm,
    hide: (client_id) => show(list.filter((message) => message.client_id !== client_id)),
    async refresh() {
      await writes;
      const known = new Set(stored);
      const fromStore = await outbox.all().catch(() => null);
      if (fromStore) merge(fromStore, known);
    },
  };
}
