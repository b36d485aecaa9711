import { journal } from "./journal.ts";
import type { OutboxStore, PendingMessage } from "./outbox.ts";

const TABLE = "messages";

function opened(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () =>
      request.result.createObjectStore(TABLE, { keyPath: "client_id" });
    request.onerror = () => reject(request.error);
    request.onsuccess = () => resolve(request.result);
  });
}

/**
 * The outbox that survives a reload and is shared by all tabs. `name` must contain whose it is (the visitor's or agent's
 * id), or one person's messages would be sent as another's.
 */
export function indexedDbOutbox(name: string): OutboxStore {
  const notes = journal(name);
  let database: Promise<IDBDatabase> | undefined;

  function open(): Promise<IDBDatabase> {
    database ??= opened(name).then(
      (db) => {
        const forget = () => {
          database = undefined;
          db.close();
        };
        // Another tab deletes or upgrades it, or the browser cleared it: open anew at the next use.
        db.onversionchange = forget;
        db.onclose = forget;
        return db;
      },
      (error: unknown) => {
        database = undefined;
        throw error;
      },
    );
    return database;
  }

  async function run<T>(
    mode: IDBTransactionMode,
    ask: (table: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> {
    const transaction = (await open()).transaction(TABLE, mode);
    const request = ask(transaction.objectStore(TABLE));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  }

  async function put(message: PendingMessage): Promise<void> {
    notes.note(message);
    await run("readwrite", (table) => table.put(message));
    notes.drop(message.client_id);
  }

  return {
    async all() {
      // Notes first: what moves from here to there meanwhile is seen at least once.
      const noted = notes.all();
      const stored = await run<PendingMessage[]>("readonly", (table) => table.getAll());
      const known = new Set(stored.map(({ client_id }) => client_id));
      const left = noted.filter(({ client_id }) => !known.has(client_id));
      // Into the database with what a page left behind: other tabs see the notes late, and would send later ones first.
      await Promise.all(left.map(put));
      return [...stored, ...left];
    },
    put,
    async remove(id) {
      notes.drop(id);
      await run("readwrite", (table) => table.delete(id));
    },
    exclusive: async (key, work) => {
      const locks = globalThis.navigator?.locks;
      if (!locks) return work();
      await locks.request(`${name}:${key}`, work);
    },
  };
}

/** Removes the outbox of that name with all that was never sent; open ones of other tabs close for it. */
export function deleteIndexedDbOutbox(name: string): Promise<void> {
  journal(name).clear();
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => resolve();
  });
}
