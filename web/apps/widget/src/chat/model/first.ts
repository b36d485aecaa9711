import { readJson, type Storage } from "./storage.ts";

/** What was written before there was a conversation to put it in. */
export interface FirstMessage {
  id: string;
  text: string;
  at: number;
  /** Set the moment it was handed to the outbox: under which name, and where. */
  handed?: { client_id: string; conversation: string };
}

function isList(value: unknown): value is FirstMessage[] {
  return (
    Array.isArray(value) &&
    value.every((item) => typeof item?.id === "string" && typeof item?.text === "string")
  );
}

/**
 * Keeps messages from the keystroke to the outbox. A message leaves in three steps, so that dying between any two of them
 * neither loses nor doubles it: it is handed over (noted here with the outbox's id, in the same turn), the outbox stores
 * it, it is forgotten here. After a reload a message found between the steps is stored again under the same id.
 */
export function createFirstMessages(storage: Storage, channel: string) {
  const key = `frontdesk.first.${channel}`;
  const read = () => readJson(storage, key, isList) ?? [];
  const write = (list: FirstMessage[]) =>
    storage.set(key, list.length ? JSON.stringify(list) : null);

  return {
    add(text: string, at: number): FirstMessage {
      const message = { id: crypto.randomUUID(), text, at };
      write([...read(), message]);
      return message;
    },
    /** Still without a conversation. */
    waiting: () => read().filter((message) => !message.handed),
    handed: () => read().filter((message) => message.handed),
    /** Gives every waiting message to `send`, in order. */
    handOver(conversation: string, send: (text: string) => { client_id: string }): void {
      for (const { id, text } of read().filter((message) => !message.handed)) {
        const { client_id } = send(text);
        write(read().map((m) => (m.id === id ? { ...m, handed: { client_id, conversation } } : m)));
      }
    },
    stored(client_id: string): void {
      const list = read();
      const rest = list.filter((message) => message.handed?.client_id !== client_id);
      if (rest.length < list.length) write(rest);
    },
    remove(id: string): void {
      write(read().filter((message) => message.id !== id));
    },
  };
}

export type FirstMessages = ReturnType<typeof createFirstMessages>;
