import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { failure } from "./failure.ts";
import { memoryOutbox } from "./memory-outbox.ts";
import { connect, entriesOf, pass, text, textsOf } from "./testing/client.ts";
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

const sends = () => server.received.filter(({ t }) => t === "send");

describe("sending", () => {
  it("shows a message at once and replaces it by its entry when it is confirmed", async () => {
    const one = connect(server);
    await pass(1000);
    const message = one.send("c1", text("你好"));
    expect(one.pending).toEqual([message]);
    await pass(1000);
    expect(one.pending).toEqual([]);
    expect(entriesOf(one, "c1").at(-1)).toMatchObject({ seq: 2, client_id: message.client_id });
  });

  it("shows it once when the line was cut after the commit and before the ack", async () => {
    const one = connect(server);
    await pass(1000);
    server.afterCommit = () => "cut";
    one.send("c1", text("once"));
    await pass(50);
    expect(one.pending[0]?.state).toBe("queued");
    server.afterCommit = () => "ack";
    await pass(5000);
    expect(textsOf(one, "c1")).toEqual(["once"]);
    expect(server.texts("c1")).toEqual(["once"]);
  });

  it("repeats the same id when the ack is lost on a living line", async () => {
    const one = connect(server);
    await pass(1000);
    server.afterCommit = () => "mute";
    one.send("c1", text("once"));
    await pass(9000);
    server.afterCommit = () => "ack";
    await pass(3000);
    expect(sends()).toHaveLength(2);
    expect(textsOf(one, "c1")).toEqual(["once"]);
    expect(server.texts("c1")).toEqual(["once"]);
  });

  it("doubts the line when an answer stays out, and sends on a new one within seconds", async () => {
    const one = connect(server);
    await pass(1000);
    const dead = vi.spyOn(server, "receive").mockImplementation(() => undefined);
    one.send("c1", text("once"));
    await pass(10_500);
    dead.mockRestore();
    await pass(6000);
    expect(server.texts("c1")).toEqual(["once"]);
    expect(sends()).toHaveLength(1);
  });

  it("gives a message to the outbox in the very turn, however busy that is with the one before", async () => {
    const put: string[] = [];
    const outbox = {
      ...memoryOutbox(),
      put: ({ client_id }: { client_id: string }) => {
        put.push(client_id);
        return new Promise<void>(() => undefined);
      },
    };
    const one = connect(server, { outbox });
    const sent = [one.send("c1", text("one")), one.send("c1", text("two"))];
    expect(put).toEqual(sent.map(({ client_id }) => client_id));
    one.stop();
  });

  it("goes on after a reload in the middle of a send", async () => {
    const outbox = memoryOutbox();
    const before = connect(server, { outbox });
    await pass(1000);
    server.afterCommit = () => "mute";
    before.send("c1", text("one"));
    before.send("c1", text("two"));
    await pass(50);
    before.stop();
    server.afterCommit = () => "ack";
    const after = connect(server, { outbox });
    await pass(2000);
    expect(server.texts("c1")).toEqual(["one", "two"]);
    expect(textsOf(after, "c1")).toEqual(["one", "two"]);
    expect(await outbox.all()).toEqual([]);
  });

  it("keeps what is written during minutes offline, in order, and sends it then", async () => {
    const one = connect(server);
    await pass(1000);
    server.isDown = true;
    server.cut();
    for (const words of ["a", "b", "c"]) {
      one.send("c1", text(words));
      await pass(60_000);
    }
    const order = one.pending.map(({ client_id }) => client_id);
    expect(order).toHaveLength(3);
    server.isDown = false;
    await pass(20_000);
    expect(textsOf(one, "c1")).toEqual(["a", "b", "c"]);
    const confirmed = entriesOf(one, "c1").flatMap(({ client_id }) => client_id ?? []);
    expect(confirmed).toEqual(order);
  });

  it("keeps a refused message as failed and goes on with the later ones", async () => {
    const one = connect(server);
    await pass(1000);
    server.judge = ({ body }) =>
      "text" in body && body.text === "bad" ? failure("conflict", "closed", "closed") : null;
    for (const words of ["first", "bad", "last"]) one.send("c1", text(words));
    await pass(1000);
    expect(server.texts("c1")).toEqual(["first", "last"]);
    expect(one.pending).toMatchObject([{ state: "failed", error: { kind: "conflict" } }]);

    const failed = one.pending[0]?.client_id ?? "";
    server.judge = () => null;
    one.retry(failed);
    await pass(1000);
    expect(server.texts("c1")).toEqual(["first", "last", "bad"]);
    expect(one.pending).toEqual([]);
  });

  it("remembers over a reload that a message failed, until it is discarded", async () => {
    const outbox = memoryOutbox();
    server.judge = () => failure("forbidden", "no", "no");
    const before = connect(server, { outbox });
    await pass(1000);
    before.send("c1", text("no"));
    await pass(1000);
    before.stop();
    const after = connect(server, { outbox });
    await pass(1000);
    expect(after.pending).toMatchObject([{ state: "failed", error: { kind: "forbidden" } }]);
    expect(sends()).toHaveLength(1);
    after.discard(after.pending[0]?.client_id ?? "");
    await pass(0);
    expect(after.pending).toEqual([]);
    expect(await outbox.all()).toEqual([]);
  });

  it("waits as long as a busy server says, and the later ones wait behind", async () => {
    const one = connect(server);
    await pass(1000);
    server.judge = () => ({ ...failure("busy", "busy", "busy"), retry_after: 8 });
    one.send("c1", text("a"));
    one.send("c1", text("b"));
    await pass(100);
    server.judge = () => null;
    await pass(7000);
    expect(server.texts("c1")).toEqual([]);
    expect(one.pending.map(({ state }) => state)).toEqual(["queued", "queued"]);
    await pass(3000);
    expect(server.texts("c1")).toEqual(["a", "b"]);
  });

  it("does not let one conversation wait for another", async () => {
    server.open("c2");
    const one = connect(server);
    await pass(1000);
    server.judge = ({ conversation }) =>
      conversation === "c1" ? failure("unavailable", "down", "down") : null;
    one.send("c1", text("a"));
    one.send("c2", text("b"));
    await pass(1000);
    expect(server.texts("c2")).toEqual(["b"]);
    expect(one.pending).toHaveLength(1);
  });

  it("fails a message that no frame can carry instead of being thrown out for it", async () => {
    const one = connect(server);
    await pass(1000);
    one.send("c1", text("字".repeat(30_000)));
    await pass(100);
    expect(one.pending).toMatchObject([{ state: "failed", error: { kind: "too_large" } }]);
    expect(sends()).toEqual([]);
  });

  it("fails the message for which the server closed the line, and comes back without it", async () => {
    const one = connect(server);
    await pass(1000);
    server.judge = () => {
      server.cut(1009);
      return failure("invalid", "x", "x");
    };
    one.send("c1", text("poison"));
    await pass(5000);
    expect(one.status.phase).toBe("online");
    expect(one.pending).toMatchObject([{ state: "failed" }]);
    expect(sends()).toHaveLength(1);
  });
});

describe("two tabs on one outbox", () => {
  it("send each message once, and both show it once", async () => {
    const outbox = memoryOutbox();
    const tabs = [connect(server, { outbox }), connect(server, { outbox })];
    await pass(1000);
    tabs[0]?.send("c1", text("from one"));
    await pass(5);
    tabs[1]?.send("c1", text("from two"));
    await pass(35_000);
    expect(sends()).toHaveLength(2);
    expect(server.texts("c1")).toEqual(["from one", "from two"]);
    for (const tab of tabs) expect(textsOf(tab, "c1")).toEqual(["from one", "from two"]);
  });

  it("send what a closed tab left behind", async () => {
    const outbox = memoryOutbox();
    const stays = connect(server, { outbox });
    const closes = connect(server, { outbox });
    await pass(1000);
    server.judge = () => ({ ...failure("busy", "busy", "busy"), retry_after: 30 });
    closes.send("c1", text("left"));
    await pass(100);
    closes.stop();
    server.judge = () => null;
    await pass(31_000);
    expect(server.texts("c1")).toEqual(["left"]);
    expect(textsOf(stays, "c1")).toEqual(["left"]);
  });
});
