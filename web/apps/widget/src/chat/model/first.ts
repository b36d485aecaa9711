import { byCreation, type ClientIds } from "@frontdesk/realtime";
import type { Personal } from "./personal.ts";
import { readJson } from "./storage.ts";

/** What was written before it was known which conversation it goes to, under the name it is sent by. */
export interface FirstMessage {
  client_id: string;
  text: string;
  created_at: number;
  /** Where it was handed to; there it goes, whatever is open when a reload comes in between. */
  conversation?: string;
}

function isMessage(value: unknown): value is FirstMessage {
  const { client_id, text, created_at } = (value ?? {}) as Partial<FirstMessage>;
  return (
    typeof client_id === "string" && typeof text === "string" && typeof created_at === "number"
  );
}

/**
 * Keeps messages from the keystroke to the outbox. Each has a key of its own, for several tabs write here and see what
 * another wrote only a moment later; and its name from the beginning, so that whoever hands it over, a tab, another, the
 * same after a reload, sends one message, in the order in which its own tab wrote.
 */
export function createFirstMessages(
  storage: Pick<Personal, "get" | "set" | "ids">,
  channel: string,
  ids: ClientIds,
) {
  const key = (id: string) => `frontdesk.first:${id}.${channel}`;
  const keep = (message: FirstMessage) =>
    storage.set(key(message.client_id), JSON.stringify(message));
  const handed = new Set<string>();

  function read(): FirstMessage[] {
    return storage
      .ids("first", channel)
      .flatMap((id) => readJson(storage, key(id), isMessage) ?? [])
      .sort(byCreation);
  }

  /** Not yet handed over by this tab. */
  const waiting = () => read().filter(({ client_id }) => !handed.has(client_id));

  for (const { client_id } of read()) ids.follow(client_id);

  return {
    waiting,
    add(text: string, created_at: number): FirstMessage {
      const message = { client_id: ids.next(created_at), text, created_at };
      keep(message);
      return message;
    },
    /** Gives every waiting message to `send`, in order. */
    handOver(open: string, send: (conversation: string, message: FirstMessage) => void): void {
      for (const message of waiting()) {
        const conversation = message.conversation ?? open;
        keep({ ...message, conversation });
        send(conversation, message);
        handed.add(message.client_id);
      }
    },
    /** The outbox has it, or has had it. */
    stored(client_id: string): void {
      storage.set(key(client_id), null);
    },
  };
}

export type FirstMessages = ReturnType<typeof createFirstMessages>;
