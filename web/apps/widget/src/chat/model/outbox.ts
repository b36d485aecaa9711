import {
  type ClientIds,
  deleteIndexedDbOutbox,
  indexedDbOutbox,
  memoryOutbox,
  type OutboxStore,
  type PendingMessage,
} from "@frontdesk/realtime";
import type { FirstMessages } from "./first.ts";
import type { Personal } from "./personal.ts";
import { readJson } from "./storage.ts";

const nameOf = (contact: string) => `frontdesk-${contact}`;

/** The outbox, telling the first-message store what is safely in it. */
export function watchedOutbox(inner: OutboxStore, first: FirstMessages): OutboxStore {
  return {
    ...inner,
    async put(message) {
      await inner.put(message);
      first.stored(message.client_id);
    },
    async remove(client_id) {
      first.stored(client_id);
      await inner.remove(client_id);
    },
  };
}

function isMessage(value: unknown): value is PendingMessage {
  const message = value as Partial<PendingMessage> | null;
  return typeof message?.client_id === "string" && typeof message.conversation === "string";
}

/** For where there is no database: each message under a key of the storage, which may be the page's around the chat. */
export function storedOutbox(storage: Personal, channel: string, contact: string): OutboxStore {
  const prefix = `frontdesk.unsent.${channel}.${contact}.`;
  return {
    ...memoryOutbox(),
    all: async () =>
      storage.nobody.keys().flatMap((key) => {
        const message = key.startsWith(prefix) && readJson(storage.nobody, key, isMessage);
        return message ? [message] : [];
      }),
    put: async (message) => storage.nobody.set(prefix + message.client_id, JSON.stringify(message)),
    remove: async (client_id) => storage.nobody.set(prefix + client_id, null),
  };
}

async function lastingOutbox(
  contact: string,
  channel: string,
  storage: Personal,
): Promise<OutboxStore> {
  try {
    const lasting = indexedDbOutbox(nameOf(contact));
    await lasting.all();
    return lasting;
  } catch {
    return storedOutbox(storage, channel, contact);
  }
}

/** What an unknown visitor had not sent yet goes out under the name by which they are known now. */
export async function adoptOutbox(from: OutboxStore, to: OutboxStore): Promise<void> {
  for (const message of await from.all()) {
    await to.put(message);
    await from.remove(message.client_id);
  }
}

/** The lasting outbox where the browser has one, with everything in it that is still to be sent. */
export async function openOutbox(options: {
  contact: string;
  /** As whom the same person wrote before they said who they are. */
  former: string | null;
  channel: string;
  storage: Personal;
  first: FirstMessages;
  ids: ClientIds;
}): Promise<OutboxStore> {
  const { contact, former, channel, storage, first, ids } = options;
  const outbox = watchedOutbox(await lastingOutbox(contact, channel, storage), first);
  if (former && former !== contact) {
    await adoptOutbox(await lastingOutbox(former, channel, storage), outbox).catch(() => undefined);
  }
  // What is written from now on comes after what was left behind.
  for (const { client_id } of await outbox.all().catch(() => [])) ids.follow(client_id);
  return outbox;
}

export async function forgetOutbox(contact: string): Promise<void> {
  await deleteIndexedDbOutbox(nameOf(contact));
}
