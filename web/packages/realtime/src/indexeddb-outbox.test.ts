import "fake-indexeddb/auto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { deleteIndexedDbOutbox, indexedDbOutbox } from "./indexeddb-outbox.ts";
import { memoryOutbox } from "./memory-outbox.ts";
import type { OutboxStore, PendingMessage } from "./outbox.ts";

/** What of `navigator.locks` the outbox relies on: one holder of a name at a time, in order. */
function fakeLocks() {
  const tails = new Map<string, Promise<unknown>>();
  return {
    request(name: string, work: () => Promise<void>) {
      const turn = (tails.get(name) ?? Promise.resolve()).then(work);
      tails.set(
        name,
        turn.catch(() => undefined),
      );
      return turn;
    },
  };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

const message = (client_id: string): PendingMessage => ({
  client_id,
  conversation: "c1",
  body: { type: "text", text: "您好" },
  created_at: 1,
  state: "queued",
});

let names = 0;
const memory = memoryOutbox();
const kinds: [string, () => [OutboxStore, OutboxStore]][] = [
  ["IndexedDB", () => [indexedDbOutbox(`o${++names}`), indexedDbOutbox(`o${names}`)]],
  ["memory", () => [memory, memory]],
];

describe.each(kinds)("an outbox in %s", (_, open) => {
  it("shows every tab what was put and removed", async () => {
    const [one, two] = open();
    await one.put(message("a"));
    await one.put(message("b"));
    await two.put({ ...message("a"), state: "failed" });
    await two.remove("b");
    await two.remove("unknown");
    expect(await one.all()).toEqual([{ ...message("a"), state: "failed" }]);
  });

  it("never runs two works of one key at once, also after one failed", async () => {
    vi.stubGlobal("navigator", { locks: fakeLocks() });
    const [one, two] = open();
    let running = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running--;
    };
    const failing = one.exclusive("k", async () => {
      throw new Error("failed");
    });
    await Promise.all([
      expect(failing).rejects.toThrow("failed"),
      one.exclusive("k", work),
      two.exclusive("k", work),
      one.exclusive("k", work),
    ]);
    expect(most).toBe(1);
  });
});

describe("an outbox in IndexedDB", () => {
  it("works without locks, where a page is not served securely", async () => {
    vi.stubGlobal("navigator", {});
    const work = vi.fn(async () => undefined);
    await indexedDbOutbox("insecure").exclusive("k", work);
    expect(work).toHaveBeenCalledOnce();
  });

  it("opens anew after the browser deleted it", async () => {
    const store = indexedDbOutbox("cleared");
    await store.put(message("a"));
    await new Promise((resolve) => {
      indexedDB.deleteDatabase("cleared").onsuccess = resolve;
    });
    await store.put(message("b"));
    expect(await store.all()).toEqual([message("b")]);
  });

  it("rejects instead of hanging where nothing may be stored, and tries anew the next time", async () => {
    const open = vi.spyOn(indexedDB, "open").mockImplementationOnce(() => {
      throw new Error("denied");
    });
    const store = indexedDbOutbox("private");
    await expect(store.put(message("a"))).rejects.toThrow("denied");
    open.mockRestore();
    await store.put(message("b"));
    expect(await store.all()).toEqual([message("b")]);
  });
});

/** What of `localStorage` the outbox relies on. */
function fakeStorage() {
  const area: Record<string, string> = {};
  const methods = {
    getItem: (key: string) => area[key] ?? null,
    setItem: (key: string, value: string) => Object.assign(area, { [key]: value }),
    removeItem: (key: string) => Reflect.deleteProperty(area, key),
  };
  for (const [name, value] of Object.entries(methods)) {
    Object.defineProperty(area, name, { value, enumerable: false });
  }
  return area;
}

describe("an outbox whose page goes away", () => {
  it("has what was put in the very turn before, although no transaction came to its end", async () => {
    const area = fakeStorage();
    vi.stubGlobal("localStorage", area);
    const name = `o${++names}`;
    const database = indexedDB.open;
    vi.spyOn(indexedDB, "open").mockImplementation(() => ({}) as IDBOpenDBRequest);
    void indexedDbOutbox(name).put(message("a"));
    indexedDB.open = database;
    const after = indexedDbOutbox(name);
    expect(await after.all()).toEqual([message("a")]);
    await after.remove("a");
    expect(await after.all()).toEqual([]);
    expect(Object.keys(area)).toEqual([]);
  });

  it("keeps nothing beside the database once that has it, and nothing at all when it is deleted", async () => {
    const area = fakeStorage();
    vi.stubGlobal("localStorage", area);
    const name = `o${++names}`;
    const outbox = indexedDbOutbox(name);
    await outbox.put(message("a"));
    expect(Object.keys(area)).toEqual([]);
    area[`${name}/b`] = JSON.stringify(message("b"));
    area[`${name}0/c`] = JSON.stringify(message("c"));
    area[`${name}/d`] = "not a message";
    expect(await outbox.all()).toEqual([message("a"), message("b")]);
    expect(Object.keys(area)).toEqual([`${name}0/c`, `${name}/d`]);
    area[`${name}/e`] = JSON.stringify(message("e"));
    await deleteIndexedDbOutbox(name);
    expect(Object.keys(area)).toEqual([`${name}0/c`]);
  });
});
