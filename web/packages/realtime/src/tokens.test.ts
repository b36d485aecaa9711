import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { connect, pass } from "./testing/client.ts";
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

const count = (t: string) => server.received.filter((frame) => frame.t === t).length;
const hour = () => Date.now() + 3_600_000;

describe("tokens", () => {
  it("renews on the line before the end, and keeps the line", async () => {
    let calls = 0;
    const token = async () => ({ token: `visitor${++calls}`, expires_at: hour() });
    const one = connect(server, { token });
    await pass(3_600_000);
    expect(calls).toBe(2);
    expect(server.received).toContainEqual({ t: "token", token: "visitor2" });
    expect(count("hello")).toBe(1);
    expect(one.status.phase).toBe("online");
  });

  it("does not fetch a token merely because the line was lost", async () => {
    let calls = 0;
    const token = async () => ({ token: `visitor${++calls}`, expires_at: hour() });
    connect(server, { token });
    await pass(1000);
    server.cut();
    await pass(5000);
    expect(count("hello")).toBe(2);
    expect(calls).toBe(1);
  });

  it("fetches another at 4401 and comes back at once, then with growing patience", async () => {
    let calls = 0;
    const token = async () => ({ token: `visitor${++calls}`, expires_at: hour() });
    server.refuseToken = (used) => used === "visitor1";
    const one = connect(server, { token });
    await pass(300);
    expect(one.status.phase).toBe("online");
    expect(calls).toBe(2);
    server.refuseToken = () => true;
    server.cut(4401);
    await pass(60_000);
    expect(calls).toBeLessThan(20);
    expect(one.status.phase).not.toBe("stopped");
  });

  it("stops when no token will ever come", async () => {
    const final = Object.assign(new Error("signed out"), { final: true });
    const one = connect(server, { token: () => Promise.reject(final) });
    await pass(100);
    expect(one.status).toMatchObject({ phase: "stopped", reason: "signed out" });
  });

  it("tries again when fetching fails for now", async () => {
    let calls = 0;
    const one = connect(server, {
      token: async () => {
        if (++calls < 4) throw new Error("503");
        return { token: "visitor", expires_at: hour() };
      },
    });
    await pass(10_000);
    expect(calls).toBe(4);
    expect(one.status.phase).toBe("online");
  });

  it("asks again when the answer to a request for one never comes", async () => {
    let calls = 0;
    const token = () =>
      ++calls === 1
        ? new Promise<never>(() => undefined)
        : Promise.resolve({ token: "visitor", expires_at: hour() });
    const one = connect(server, { token });
    await pass(19_000);
    expect(one.status.phase).toBe("connecting");
    await pass(7000);
    expect(one.status.phase).toBe("online");
  });
});
