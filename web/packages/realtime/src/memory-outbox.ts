import type { OutboxStore, PendingMessage } from "./outbox.ts";

/** An outbox for tests and for where nothing may be stored; several connections may share one object. */
export function memoryOutbox(): OutboxStore {
  const messages = new Map<string, PendingMessage>();
  const turns = new Map<string, Promise<void>>();
  return {
    all: async () => [...messages.values()],
    put: async (message) => {
      messages.set(message.client_id, message);
    },
    remove: async (id) => {
      messages.delete(id);
    },
    exclusive(key, work) {
      const turn = (turns.get(key) ?? Promise.resolve()).then(work);
      const settled = turn.catch(() => undefined);
      turns.set(key, settled);
      return turn;
    },
  };
}
