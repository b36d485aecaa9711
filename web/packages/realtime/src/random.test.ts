import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Connection } from "./api.ts";
import { failure } from "./failure.ts";
import { memoryOutbox } from "./memory-outbox.ts";
import { connect, entriesOf, pass, text, textsOf } from "./testing/client.ts";
import { FakeServer, system } from "./testing/fake-server.ts";
import { seeded } from "./testing/seeded.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

interface Tab {
  connection: Connection;
  readonly open: () => Connection;
  readonly name: string;
}

const conversations = ["c1", "c2"];

async function storm(seed: number) {
  const random = seeded(seed);
  const pick = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)] as T;
  const server = new FakeServer();
  for (const id of conversations) server.open(id);
  server.page = pick([2, 50]);
  server.maxDelta = pick([3, 1000]);
  let calm = false;
  server.fateOf = ({ t }) =>
    calm || t !== "entry" ? "arrive" : pick(["arrive", "arrive", "drop", "twice", "late"]);
  server.judge = ({ body }) => {
    if ("text" in body && body.text.startsWith("bad")) return failure("invalid", "bad", "bad");
    return !calm && random() < 0.2 ? { ...failure("busy", "busy", "busy"), retry_after: 1 } : null;
  };
  server.afterCommit = () => (calm ? "ack" : pick(["ack", "ack", "ack", "cut", "mute"]));

  const shared = memoryOutbox();
  const token = async () => ({ token: "agent", expires_at: Date.now() + 3_600_000 });
  const tab = (name: string, open: () => Connection): Tab => ({ name, open, connection: open() });
  const tabs = [
    tab("v1", () => connect(server, { outbox: shared, random })),
    tab("v2", () => connect(server, { outbox: shared, random })),
    tab("a", () => connect(server, { token, random })),
  ];
  const said: { tab: string; conversation: string; text: string }[] = [];

  for (let step = 0; step < 80; step++) {
    const one = pick(tabs);
    const dice = random();
    if (dice < 0.55) {
      const conversation = pick(conversations);
      const words = `${random() < 0.08 ? "bad " : ""}${one.name} ${said.length}`;
      said.push({ tab: one.name, conversation, text: words });
      one.connection.send(conversation, text(words));
    } else if (dice < 0.65) {
      server.cut(pick([1006, 1012, 1013]));
    } else if (dice < 0.7 && one.name !== "a") {
      one.connection.stop();
      await pass(100);
      one.connection = one.open();
    } else if (dice < 0.74) {
      server.isDown = true;
      server.cut();
      await pass(random() * 240_000);
      server.isDown = false;
    } else {
      await pass(random() * 4000);
    }
  }
  calm = true;
  await pass(240_000);
  // An entry lost at the very end is noticed with the next one.
  for (const id of conversations) server.say(id, "end", system);
  await pass(1000);
  return { server, tabs, said };
}

describe("whatever the network does", () => {
  it.each(Array.from({ length: 40 }, (_, seed) => seed + 1))("seed %i", async (seed) => {
    const { server, tabs, said } = await storm(seed);
    for (const id of conversations) {
      const log = server.texts(id);
      const good = said.filter(({ conversation, text }) => {
        return conversation === id && !text.startsWith("bad");
      });
      expect([...log].sort(), "nothing lost, nothing doubled").toEqual(
        [...good.map(({ text }) => text), "end"].sort(),
      );
      for (const { name } of tabs) {
        expect(
          log.filter((words) => words.startsWith(name)),
          "in the order of sending",
        ).toEqual(good.flatMap((message) => (message.tab === name ? message.text : [])));
      }
      for (const { connection } of tabs) {
        const held = connection.state.conversations[id];
        const { snapshot, entries } = server.log(id);
        const seen = entriesOf(connection, id);
        expect(connection.status.phase).toBe("online");
        expect(
          seen.map(({ id }) => id),
          "every screen shows the log",
        ).toEqual(entries.slice(-seen.length).map(({ id }) => id));
        expect(held?.snapshot.head).toBe(snapshot.head);
        expect(held?.snapshot.last_message).toEqual(snapshot.last_message);
        expect(new Set(textsOf(connection, id)).size).toBe(textsOf(connection, id).length);
      }
    }
    for (const { connection } of tabs) {
      expect(connection.pending.every(({ state }) => state === "failed")).toBe(true);
    }
    const failed = new Set(tabs.flatMap(({ connection }) => connection.pending));
    const texts = [...failed].map(({ body }) => ("text" in body ? body.text : ""));
    const bad = said.filter(({ text }) => text.startsWith("bad")).map(({ text }) => text);
    expect([...new Set(texts)].sort()).toEqual(bad.sort());
    for (const { connection } of tabs) connection.stop();
  });
});
