import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ClientFrame, ServerFrame } from "./frames.ts";
import { connect, held, pass, text, textsOf } from "./testing/client.ts";
import { FakeServer, type Peer } from "./testing/fake-server.ts";
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

/** The three calls of the fallback, in front of the same server. Chunks are cut in the middle of characters. */
function httpTo(target: FakeServer) {
  let hello: ClientFrame | undefined;
  let peer: Peer | undefined;
  const calls: { path: string; frames?: ClientFrame[]; authorization: string | null }[] = [];
  let answer: (path: string) => Response | null = () => null;

  const stream = (signal: AbortSignal | null | undefined) =>
    new ReadableStream<Uint8Array>({
      start(controller) {
        let isOpen = true;
        const write = (line: string) => {
          if (!isOpen) return;
          const bytes = new TextEncoder().encode(line);
          const middle = Math.floor(bytes.length / 2);
          controller.enqueue(bytes.slice(0, middle));
          controller.enqueue(bytes.slice(middle));
        };
        const close = () => {
          if (isOpen) controller.close();
          isOpen = false;
        };
        signal?.addEventListener("abort", () => {
          isOpen = false;
          if (peer) target.clients.delete(peer);
        });
        peer = {
          deliver: (frame: ServerFrame) => write(`data: ${JSON.stringify(frame)}\n\n`),
          close,
        };
        write(": hello\n\n");
        if (hello) target.receive(peer, hello);
      },
    });

  const fetcher: typeof fetch = async (input, init) => {
    const path = new URL(String(input)).pathname.replace("/v1/realtime/sessions", "");
    const body: unknown = init?.body ? JSON.parse(String(init.body)) : undefined;
    const authorization = new Headers(init?.headers).get("Authorization");
    const frames = path.endsWith("/frames") ? (body as ClientFrame[]) : undefined;
    calls.push({ path, authorization, ...(frames && { frames }) });
    const special = answer(path);
    if (special) return special;
    if (path === "") {
      hello = body as ClientFrame;
      return Response.json({ connection: "77" });
    }
    if (path === "/77/events") return new Response(stream(init?.signal));
    for (const frame of frames ?? []) if (peer) target.receive(peer, frame);
    return new Response(null, { status: 202 });
  };
  return {
    fetcher,
    calls,
    answering(next: typeof answer) {
      answer = next;
    },
  };
}

/** A network in which no WebSocket gets through. */
function blocked(opened: string[] = []) {
  const nowhere = new FakeServer();
  nowhere.isDown = true;
  return socketsTo(nowhere, opened);
}

describe("the fallback", () => {
  it("begins after two WebSockets failed without a welcome, and carries everything", async () => {
    const opened: string[] = [];
    const http = httpTo(server);
    const one = connect(server, { WebSocket: blocked(opened), fetch: http.fetcher });
    await pass(5000);
    expect(opened).toHaveLength(2);
    expect(one.status).toEqual({ phase: "online", transport: "sse" });
    server.say("c1", "您好，请讲");
    one.send("c1", text("a"));
    one.send("c1", text("b"));
    await pass(2000);
    expect(textsOf(one, "c1")).toEqual(["您好，请讲", "a", "b"]);
    expect(http.calls.every(({ authorization }) => authorization === "Bearer visitor")).toBe(true);
    one.stop();
    expect(server.clients.size).toBe(0);
  });

  it("sends one request at a time, so that frames keep their order", async () => {
    const http = httpTo(server);
    const one = connect(server, { WebSocket: blocked(), fetch: http.fetcher });
    await pass(5000);
    const before = http.calls.length;
    one.typing("c1", "x");
    one.read("c1", 1);
    void one.history("c1", { before: 1 });
    await pass(2000);
    const kinds = http.calls.slice(before).flatMap(({ frames }) => frames?.map(({ t }) => t) ?? []);
    expect(kinds).toEqual(["typing", "history", "read"]);
  });

  it("is alive as long as comments come, and comes back when the stream ends", async () => {
    const http = httpTo(server);
    const one = connect(server, { WebSocket: blocked(), fetch: http.fetcher });
    await pass(5000);
    server.say("c1", "before");
    server.cut();
    server.say("c1", "between");
    await pass(5000);
    expect(one.status).toEqual({ phase: "online", transport: "sse" });
    expect(textsOf(one, "c1")).toEqual(["before", "between"]);
  });

  it("understands refusals as the close codes they stand for", async () => {
    const http = httpTo(server);
    let tokens = 0;
    const token = async () => ({ token: `visitor${++tokens}`, expires_at: Date.now() + 3.6e6 });
    http.answering((path) => {
      return path === "" && tokens < 2 ? new Response("{}", { status: 401 }) : null;
    });
    const one = connect(server, { WebSocket: blocked(), fetch: http.fetcher, token });
    await pass(5000);
    expect(tokens).toBe(2);
    expect(one.status.phase).toBe("online");

    http.answering((path) => (path === "" ? new Response("{}", { status: 403 }) : null));
    server.cut();
    await pass(5000);
    expect(one.status.phase).toBe("stopped");
  });

  it("loses nothing when a request with frames fails", async () => {
    const http = httpTo(server);
    const one = connect(server, { WebSocket: blocked(), fetch: http.fetcher });
    await pass(5000);
    let isBroken = true;
    http.answering((path) => {
      if (!isBroken || !path.endsWith("/frames")) return null;
      isBroken = false;
      return new Response("bad gateway", { status: 502 });
    });
    one.send("c1", text("once"));
    await pass(10_000);
    expect(server.texts("c1")).toEqual(["once"]);
    expect(one.pending).toEqual([]);
    expect(held(one, "c1")?.snapshot.head).toBe(2);
  });

  it("starts over when the answer to a request with frames never comes", async () => {
    const http = httpTo(server);
    let isStuck = true;
    const fetcher: typeof fetch = (input, init) => {
      if (!isStuck || !String(input).endsWith("/frames")) return http.fetcher(input, init);
      isStuck = false;
      return new Promise(() => undefined);
    };
    const one = connect(server, { WebSocket: blocked(), fetch: fetcher });
    await pass(5000);
    const alive = setInterval(() => server.say("c1", "still here"), 4000);
    one.send("c1", text("once"));
    await pass(40_000);
    clearInterval(alive);
    expect(server.texts("c1").filter((each) => each === "once")).toEqual(["once"]);
    expect(one.pending).toEqual([]);
  });

  it("tries the WebSocket again when it is started anew", async () => {
    const opened: string[] = [];
    const http = httpTo(server);
    const one = connect(server, { WebSocket: blocked(opened), fetch: http.fetcher });
    await pass(5000);
    one.stop();
    one.start();
    await pass(100);
    expect(opened).toHaveLength(3);
  });
});
