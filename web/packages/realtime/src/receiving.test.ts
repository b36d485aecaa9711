import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { connect, entriesOf, held, pass, text, textsOf } from "./testing/client.ts";
import { FakeServer, visitor } from "./testing/fake-server.ts";

let server: FakeServer;

beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
  server.open("c1");
});
afterEach(() => {
  vi.useRealTimers();
});

describe("receiving", () => {
  it("ignores repeats, and says each entry once", async () => {
    server.fateOf = () => "twice";
    const one = connect(server);
    const heard: number[] = [];
    one.on("entry", ({ entry }) => heard.push(entry.seq));
    await pass(1000);
    server.say("c1", "a");
    server.say("c1", "b");
    await pass(100);
    expect(textsOf(one, "c1")).toEqual(["a", "b"]);
    expect(heard).toEqual([2, 3]);
  });

  it("asks for what is missing and holds what came too early", async () => {
    const one = connect(server);
    const heard: number[] = [];
    one.on("entry", ({ entry }) => heard.push(entry.seq));
    await pass(1000);
    server.fateOf = () => "drop";
    for (let n = 2; n <= 240; n++) server.say("c1", `m${n}`);
    server.fateOf = () => "arrive";
    server.say("c1", "m241");
    await pass(21);
    expect(entriesOf(one, "c1")).toHaveLength(1);
    await pass(1000);
    expect(entriesOf(one, "c1").map(({ seq }) => seq)).toEqual(
      Array.from({ length: 241 }, (_, index) => index + 1),
    );
    expect(heard).toEqual([241]);
    const asked = server.received.flatMap((f) => (f.t === "history" ? [f.after] : []));
    expect(asked).toEqual([1, 101, 201]);
  });

  it("puts entries in order that arrive in another", async () => {
    const one = connect(server);
    await pass(1000);
    server.fateOf = () => "late";
    server.say("c1", "a");
    server.fateOf = () => "arrive";
    server.say("c1", "b");
    await pass(5000);
    expect(textsOf(one, "c1")).toEqual(["a", "b"]);
  });

  it("holds the ack of a message whose predecessors are missing, still showing it once", async () => {
    const one = connect(server);
    await pass(1000);
    server.fateOf = () => "drop";
    server.say("c1", "theirs");
    server.fateOf = () => "arrive";
    one.send("c1", text("mine"));
    for (let ms = 0; ms < 200; ms += 10) {
      await pass(10);
      expect(textsOf(one, "c1").filter((words) => words === "mine")).toHaveLength(1);
    }
    expect(textsOf(one, "c1")).toEqual(["theirs", "mine"]);
    expect(one.pending).toEqual([]);
  });

  it("begins anew, once, when an entry belongs to a conversation it was never told of", async () => {
    const one = connect(server);
    await pass(1000);
    server.open("c2");
    await pass(3000);
    expect(textsOf(one, "c2")).toEqual([]);
    expect(held(one, "c2")?.entries).toHaveLength(1);
    const hellos = server.received.filter(({ t }) => t === "hello");
    expect(hellos).toHaveLength(2);
  });

  it("resumes from its heads and takes a reset when it is too far behind", async () => {
    const one = connect(server);
    await pass(1000);
    server.isDown = true;
    server.cut();
    server.say("c1", "a", visitor);
    server.isDown = false;
    await pass(5000);
    expect(server.received.findLast(({ t }) => t === "hello")).toMatchObject({ heads: { c1: 1 } });
    expect(textsOf(one, "c1")).toEqual(["a"]);

    server.maxDelta = 3;
    server.page = 2;
    server.isDown = true;
    server.cut();
    for (const words of ["b", "c", "d", "e"]) server.say("c1", words);
    server.isDown = false;
    await pass(20_000);
    expect(textsOf(one, "c1")).toEqual(["d", "e"]);
    expect(held(one, "c1")?.oldest).toBe(5);
  });

  it("drops from the live list what the server does not name any more, and keeps what it held", async () => {
    server.open("c2");
    const one = connect(server);
    await pass(1000);
    server.live = () => ["c2"];
    server.cut();
    await pass(5000);
    expect(held(one, "c1")).toMatchObject({ live: false, oldest: 1 });
    expect(held(one, "c2")?.live).toBe(true);
  });

  it("merges older pages where they adjoin, and hands over those that do not", async () => {
    for (let n = 2; n <= 10; n++) server.say("c1", `m${n}`);
    server.page = 2;
    const one = connect(server);
    await pass(1000);
    const far = one.history("c1", { before: 5, limit: 2 });
    await pass(100);
    expect((await far).entries.map(({ seq }) => seq)).toEqual([3, 4]);
    expect(held(one, "c1")?.oldest).toBe(9);
    const near = one.history("c1", { before: 9, limit: 3 });
    await pass(100);
    expect((await near).more).toBe(true);
    expect(entriesOf(one, "c1").map(({ seq }) => seq)).toEqual([6, 7, 8, 9, 10]);
  });

  it("empties a recalled message, also when the page with it was read before", async () => {
    server.say("c1", "oops", visitor);
    const one = connect(server);
    await pass(1000);
    const recalled = one.recall("c1", 2);
    await pass(100);
    await recalled;
    expect(entriesOf(one, "c1")[1]).toMatchObject({ recalled: true, body: {} });
    expect(held(one, "c1")?.snapshot.last_message?.preview).toBe("");
  });
});
