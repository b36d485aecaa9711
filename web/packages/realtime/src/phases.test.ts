import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ServerFrame } from "./frames.ts";
import { connect, pass, text } from "./testing/client.ts";
import { FakeServer } from "./testing/fake-server.ts";
import { socketsTo } from "./testing/fake-socket.ts";

let server: FakeServer;

beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
  server.open("c1");
});
afterEach(() => {
  vi.useRealTimers();
});

const count = (t: string) => server.received.filter((frame) => frame.t === t).length;
function bye(code: number, more: Partial<ServerFrame & { t: "bye" }> = {}): void {
  server.broadcast({ t: "bye", code, reason: `bye ${code}`, reconnect: true, ...more });
  server.cut(code);
}

describe("phases", () => {
  it("goes from connecting over syncing to online", async () => {
    const one = connect(server);
    const phases = [one.status.phase];
    one.subscribe(() => phases.push(one.status.phase));
    await pass(1000);
    expect(phases[0]).toBe("connecting");
    expect(phases.at(-1)).toBe("online");
    expect(one.status.transport).toBe("websocket");
    one.stop();
    expect(one.status).toEqual({ phase: "stopped", transport: "websocket" });
    await pass(100_000);
    expect(count("hello")).toBe(1);
  });

  it("waits longer and longer while the server is down, and says until when", async () => {
    server.isDown = true;
    const opened: string[] = [];
    const one = connect(server, {
      WebSocket: socketsTo(server, opened),
      fetch: async () => Promise.reject(new TypeError("down")),
      random: () => 1,
    });
    await pass(100);
    expect(one.status).toMatchObject({ phase: "waiting", retry_at: expect.any(Number) });
    await pass(120_000);
    expect(opened.length).toBeGreaterThan(4);
    expect(opened.length).toBeLessThan(16);
    server.isDown = false;
    await pass(16_000);
    expect(one.status.phase).toBe("online");
  });

  it("waits for the network without trying, and goes at once when it is back", async () => {
    let isConnected = false;
    let again = () => {};
    const one = connect(server, {
      online: () => isConnected,
      wake: (wake) => {
        again = wake;
        return () => undefined;
      },
    });
    await pass(60_000);
    expect(one.status.phase).toBe("offline");
    expect(count("hello")).toBe(0);
    isConnected = true;
    again();
    await pass(200);
    expect(one.status.phase).toBe("online");
  });

  it("stops with the reason when the server says not to come back", async () => {
    const one = connect(server);
    await pass(1000);
    bye(4403, { reconnect: false, reason: "blocked" });
    await pass(100_000);
    expect(one.status).toMatchObject({ phase: "stopped", reason: "blocked" });
    expect(count("hello")).toBe(1);
  });

  it("comes back after 4409, for what came later may have been its own hello on a line given up", async () => {
    const one = connect(server);
    await pass(1000);
    bye(4409, { reconnect: false });
    await pass(5000);
    expect(one.status.phase).toBe("online");
  });

  it("stops when somebody with the same device comes again and again", async () => {
    const one = connect(server);
    for (let n = 0; n < 4; n++) {
      await pass(5000);
      expect(one.status.phase).toBe("online");
      server.cut(4409);
    }
    await pass(100_000);
    expect(one.status.phase).toBe("stopped");
  });

  it("stops at 4403, and comes back when a person asks for it", async () => {
    const one = connect(server);
    await pass(1000);
    server.cut(4403);
    await pass(100_000);
    expect(one.status.phase).toBe("stopped");
    one.reconnectNow();
    await pass(1000);
    expect(one.status.phase).toBe("online");
  });

  it("comes back once after 4400, and stops at the second", async () => {
    const one = connect(server);
    await pass(1000);
    server.cut(4400);
    await pass(5000);
    expect(one.status.phase).toBe("online");
    server.cut(4400);
    await pass(5000);
    expect(one.status.phase).toBe("stopped");
  });

  it.each([1006, 1012, 1013, 4408])("comes back after %i", async (code) => {
    const one = connect(server);
    await pass(1000);
    server.cut(code);
    await pass(6000);
    expect(one.status.phase).toBe("online");
  });

  it("stays away as long as the server asks", async () => {
    const one = connect(server);
    await pass(1000);
    bye(4429, { retry_after: 40 });
    await pass(39_000);
    expect(one.status.phase).toBe("waiting");
    await pass(12_000);
    expect(one.status.phase).toBe("online");
  });
});

describe("heartbeat", () => {
  it("pings a quiet line and notices that it is dead", async () => {
    const one = connect(server);
    await pass(60_000);
    expect(count("ping")).toBe(2);
    vi.spyOn(server, "receive").mockImplementation(() => undefined);
    await pass(62_000);
    expect(one.status.phase).not.toBe("online");
  });

  it("does not ping a line on which it speaks", async () => {
    const one = connect(server);
    await pass(1000);
    for (let n = 0; n < 10; n++) {
      one.send("c1", text(`${n}`));
      await pass(10_000);
    }
    expect(count("ping")).toBe(0);
  });

  it("gives up a line on which no welcome comes", async () => {
    vi.spyOn(server, "receive").mockImplementation(() => undefined);
    const one = connect(server);
    await pass(9000);
    expect(one.status.phase).toBe("connecting");
    await pass(1100);
    expect(one.status).toMatchObject({ phase: "waiting", reason: "no welcome" });
  });

  it("finds out within seconds of waking up that the line is dead", async () => {
    let again = () => {};
    const one = connect(server, {
      wake: (wake) => {
        again = wake;
        return () => undefined;
      },
    });
    await pass(1000);
    vi.spyOn(server, "receive").mockImplementation(() => undefined);
    again();
    await pass(5000);
    expect(one.status.phase).toBe("waiting");
  });
});
