import type { PendingMessage } from "./outbox.ts";

/**
 * Keeps messages of one outbox from the turn in which they are written until the database has them: what a page has only
 * begun to store is lost when the page goes in that moment. Where the browser keeps nothing, neither does this.
 */
export function journal(name: string) {
  const prefix = `${name}/`;

  function tryIn<T>(work: (area: Storage) => T, otherwise: T): T {
    try {
      return work(localStorage);
    } catch {
      return otherwise;
    }
  }

  const keys = (area: Storage) => Object.keys(area).filter((key) => key.startsWith(prefix));

  function read(text: string | null): PendingMessage[] {
    try {
      const message: PendingMessage = JSON.parse(text ?? "");
      return message.client_id ? [message] : [];
    } catch {
      return [];
    }
  }

  return {
    note: (message: PendingMessage) =>
      tryIn((area) => area.setItem(prefix + message.client_id, JSON.stringify(message)), undefined),
    drop: (client_id: string) => tryIn((area) => area.removeItem(prefix + client_id), undefined),
    all: () => tryIn((area) => keys(area).flatMap((key) => read(area.getItem(key))), []),
    clear: () =>
      tryIn((area) => {
        for (const key of keys(area)) area.removeItem(key);
      }, undefined),
  };
}
