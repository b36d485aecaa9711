import { memoryOutbox } from "@frontdesk/realtime";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { createFirstMessages } from "./first.ts";
import { createOpening } from "./opening.ts";
import { recoverHanded, watchedOutbox } from "./outbox.ts";
import { memoryStorage } from "./storage.ts";

const storage = memoryStorage();
const reloaded = () => createFirstMessages(storage, "shop");
const body = (text: string) => ({ type: "text", text }) as const;

beforeEach(() => storage.set("frontdesk.first.shop", null));

describe("first messages", () => {
  it("survive a reload, in order", () => {
    reloaded().add("one", 1);
    reloaded().add("two", 2);
    expect(
      reloaded()
        .waiting()
        .map((message) => message.text),
    ).toEqual(["one", "two"]);
  });

  it("are handed over once, and forgotten once they are stored", async () => {
    const first = reloaded();
    const outbox = watchedOutbox(memoryOutbox(), first);
    first.add("one", 1);
    first.handOver("c1", (text) => ({ client_id: `id-${text}` }));
    first.handOver("c1", () => {
      throw new Error("a second time");
    });
    expect(first.waiting()).toEqual([]);
    expect(first.handed()).toHaveLength(1);
    await outbox.put({
      client_id: "id-one",
      conversation: "c1",
      body: body("one"),
      created_at: 1,
      state: "queued",
    });
    expect(reloaded().handed()).toEqual([]);
  });

  it("are stored again under the same id when the page died in between", async () => {
    const first = reloaded();
    first.add("one", 5);
    first.handOver("c1", () => ({ client_id: "x" }));
    const inner = memoryOutbox();
    await recoverHanded(watchedOutbox(inner, reloaded()), reloaded());
    expect(await inner.all()).toEqual([
      { client_id: "x", conversation: "c1", body: body("one"), created_at: 5, state: "queued" },
    ]);
    expect(reloaded().handed()).toEqual([]);
  });

  it("ignores what somebody else wrote into its place", () => {
    storage.set("frontdesk.first.shop", '{"not":"a list"}');
    expect(reloaded().waiting()).toEqual([]);
    storage.set("frontdesk.first.shop", "not json");
    expect(reloaded().waiting()).toEqual([]);
  });
});

describe("opening", () => {
  it("tries again until a conversation is there, and sends each message once", async () => {
    vi.useFakeTimers();
    const first = reloaded();
    const sent: string[] = [];
    let failures = 3;
    const opening = createOpening({
      first,
      wanted: () => false,
      held: () => false,
      ensure: async () => {
        if (failures-- > 0) throw new Error("no network");
        return "c1";
      },
      exclusive: (work) => work(),
      send: (conversation, text) => {
        sent.push(`${conversation}:${text}`);
        return { client_id: text };
      },
      refused: () => undefined,
      changed: () => undefined,
    });
    first.add("one", 1);
    void opening.flush();
    first.add("two", 2);
    void opening.flush();
    await vi.runAllTimersAsync();
    expect(sent).toEqual(["c1:one", "c1:two"]);
    vi.useRealTimers();
  });
});
