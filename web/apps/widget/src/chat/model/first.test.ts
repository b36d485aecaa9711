import { clientIds, memoryOutbox, type PendingMessage } from "@frontdesk/realtime";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { createFirstMessages, type FirstMessage } from "./first.ts";
import { createOpening } from "./opening.ts";
import { watchedOutbox } from "./outbox.ts";
import { personal } from "./personal.ts";
import { memoryStorage, type Storage } from "./storage.ts";

let device: Storage;

beforeEach(() => {
  device = memoryStorage();
});

const tab = (storage = device) => createFirstMessages(personal(storage, null), "shop", clientIds());
const texts = (first: ReturnType<typeof tab>) => first.waiting().map(({ text }) => text);

const pendingOf = (conversation: string, { text, ...written }: FirstMessage): PendingMessage => ({
  ...written,
  conversation,
  body: { type: "text", text },
  state: "queued",
});

/** A tab's view of the storage: what other tabs write meanwhile arrives with `hear`. */
function late(shared: Storage) {
  const seen = new Map<string, string>();
  const hear = () => {
    seen.clear();
    for (const key of shared.keys()) seen.set(key, shared.get(key) ?? "");
  };
  const storage: Storage = {
    lasting: true,
    get: (key) => seen.get(key) ?? null,
    set(key, value) {
      shared.set(key, value);
      if (value === null) seen.delete(key);
      else seen.set(key, value);
    },
    keys: () => [...seen.keys()],
  };
  hear();
  return { storage, hear };
}

describe("first messages", () => {
  it("survive a reload, in order", () => {
    const first = tab();
    first.add("one", 1);
    first.add("two", 2);
    expect(texts(tab())).toEqual(["one", "two"]);
  });

  it("are handed over once, and forgotten once they are stored", async () => {
    const first = tab();
    const outbox = watchedOutbox(memoryOutbox(), first);
    first.add("one", 1);
    const handed: PendingMessage[] = [];
    first.handOver("c1", (conversation, message) => {
      handed.push(pendingOf(conversation, message));
    });
    first.handOver("c1", () => {
      throw new Error("a second time");
    });
    expect(first.waiting()).toEqual([]);
    expect(texts(tab())).toEqual(["one"]);
    for (const message of handed) await outbox.put(message);
    expect(texts(tab())).toEqual([]);
  });

  it("go to the same conversation under the same name when the page died before they were stored", () => {
    const before = tab();
    before.add("one", 5);
    const sent: unknown[] = [];
    before.handOver("c1", (...given) => void sent.push(given));
    tab().handOver("c2", (conversation, { conversation: _, ...message }) => {
      sent.push([conversation, message]);
    });
    expect(sent[1]).toEqual(sent[0]);
  });

  it("are not lost when another tab writes, hands over and stores at the same moment", async () => {
    const [one, two] = [late(device), late(device)];
    const [mine, theirs] = [tab(one.storage), tab(two.storage)];
    theirs.add("theirs", 1);
    one.hear();
    mine.add("mine", 2);
    const outbox = watchedOutbox(memoryOutbox(), theirs);
    const handed: PendingMessage[] = [];
    theirs.handOver("c1", (...given) => void handed.push(pendingOf(...given)));
    for (const message of handed) await outbox.put(message);
    expect(texts(tab())).toEqual(["mine"]);
  });

  it("are named after what their own tab wrote before, whoever hands them over and however clocks go", () => {
    const [ahead, behind] = [tab(), tab()];
    const left = ahead.add("written by a clock that was put back", 9_000_000);
    const after = tab().add("written by the same page after its reload", 1_000);
    expect(left.client_id < after.client_id).toBe(true);
    const names: string[] = [];
    behind.handOver("c1", (_, { client_id }) => void names.push(client_id));
    expect(names).toEqual([left.client_id, after.client_id]);
  });

  it("ignores what somebody else wrote into its place", () => {
    device.set("frontdesk.first:1.shop", '{"not":"a message"}');
    device.set("frontdesk.first:2.shop", "not json");
    expect(tab().waiting()).toEqual([]);
  });

  it("are taken along by who says who they are, and by nobody else", () => {
    tab().add("how much?", 1);
    personal(device, "amy").takeAlong("shop");
    const of = (person: string | null) =>
      texts(createFirstMessages(personal(device, person), "shop", clientIds()));
    expect([of(null), of("amy"), of("my")]).toEqual([[], ["how much?"], []]);
  });
});

describe("opening", () => {
  it("tries again until a conversation is there, and sends each message once", async () => {
    vi.useFakeTimers();
    const first = tab();
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
      send: (conversation, { text }) => void sent.push(`${conversation}:${text}`),
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
