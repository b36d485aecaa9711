import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { connect, entriesOf, held, pass, text } from "./testing/client.ts";
import { FakeServer } from "./testing/fake-server.ts";

let server: FakeServer;

beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
  server.open("c1");
});
afterEach(() => {
  vi.useRealTimers();
});

describe("what is told besides messages", () => {
  it("tells what it has and what was seen, batched and only forward", async () => {
    const one = connect(server);
    await pass(1000);
    for (let n = 0; n < 50; n++) {
      server.say("c1", `${n}`);
      await pass(20);
    }
    await pass(1000);
    const seqs = server.received.flatMap((f) => (f.t === "received" ? [f.seq] : []));
    expect(seqs.at(-1)).toBe(51);
    expect(seqs.length).toBeLessThanOrEqual(5);
    one.read("c1", 40);
    one.read("c1", 30);
    one.read("c1", 900);
    expect(held(one, "c1")?.snapshot.read.visitor).toBe(51);
    await pass(1000);
    expect(server.received.flatMap((f) => (f.t === "read" ? [f.seq] : []))).toEqual([51]);
  });

  it("tells again after a lost line what may not have arrived", async () => {
    const one = connect(server);
    await pass(1000);
    server.isDown = true;
    server.cut();
    await pass(100);
    one.read("c1", 1);
    server.isDown = false;
    await pass(5000);
    expect(server.received.flatMap((f) => (f.t === "read" ? [f.seq] : []))).toEqual([1]);
  });

  it("passes on what is being written at a steady pace, its end at once", async () => {
    const one = connect(server);
    await pass(1000);
    for (const words of ["你", "你好", "你好，", "你好，请", "你好，请问"]) {
      one.typing("c1", words);
      await pass(300);
    }
    one.typing("c1", "");
    await pass(100);
    const told = server.received.flatMap((f) => (f.t === "typing" ? [f.text] : []));
    expect(told).toEqual(["你", "你好，请", ""]);
  });

  it("forgets the other side's preview after six seconds", async () => {
    const one = connect(server);
    await pass(1000);
    const sender = { kind: "agent", id: "7" } as const;
    server.broadcast({ t: "typing", conversation: "c1", sender, text: "…" });
    await pass(100);
    expect(held(one, "c1")?.typing).toMatchObject({ text: "…" });
    await pass(6000);
    expect(held(one, "c1")?.typing).toBeNull();
  });

  it("notifies once for a turn, and a listener that fails harms nobody", async () => {
    const one = connect(server);
    await pass(1000);
    let calls = 0;
    const leave = one.subscribe(() => calls++);
    one.send("c1", text("a"));
    one.send("c1", text("b"));
    await Promise.resolve();
    expect(calls).toBe(1);
    leave();
    await pass(1000);
    expect(calls).toBe(1);
  });

  it("adopts what an HTTP call brought, and goes on from there", async () => {
    const one = connect(server);
    await pass(1000);
    const other = new FakeServer();
    other.open("c9");
    const { snapshot, entries } = other.log("c9");
    one.adopt(snapshot, entries);
    expect(entriesOf(one, "c9")).toHaveLength(1);
    expect(held(one, "c9")?.live).toBe(true);
    const before = held(one, "c1");
    one.adopt({ ...snapshot, head: 0 }, entries);
    expect(held(one, "c9")?.snapshot.head).toBe(1);
    expect(held(one, "c1")).toBe(before);
  });

  it("refuses questions while there is no line", async () => {
    server.isDown = true;
    const one = connect(server);
    await expect(one.recall("c1", 1)).rejects.toMatchObject({ error: { kind: "unavailable" } });
  });
});
