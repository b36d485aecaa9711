import { vi } from "vitest";
import type { Connection, ConnectionOptions } from "../api.ts";
import { createConnection } from "../connection.ts";
import type { Entry } from "../frames.ts";
import { memoryOutbox } from "../memory-outbox.ts";
import type { FakeServer } from "./fake-server.ts";
import { socketsTo } from "./fake-socket.ts";

let devices = 0;

/** A connection to `server` with a token that lasts an hour; begun, not yet online. */
export function connect(server: FakeServer, more: Partial<ConnectionOptions> = {}): Connection {
  const connection = createConnection({
    url: "https://desk.example",
    token: async () => ({ token: "visitor", expires_at: Date.now() + 3_600_000 }),
    outbox: memoryOutbox(),
    device: `d${++devices}`,
    random: () => 0.5,
    WebSocket: socketsTo(server),
    // The fallback fails at once: the real one would ask a real network, in a time that no test owns.
    fetch: () => Promise.reject(new TypeError("no network")),
    wake: () => () => undefined,
    ...more,
  });
  connection.start();
  return connection;
}

export const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

export const entriesOf = (connection: Connection, id: string): readonly Entry[] =>
  connection.state.conversations[id]?.entries ?? [];

/** What a person reads in a conversation: the entries, then what is pending. */
export function textsOf(connection: Connection, id: string): string[] {
  const said = entriesOf(connection, id).flatMap(({ body }) =>
    "type" in body && body.type === "text" ? [body.text] : [],
  );
  const own = connection.pending.flatMap(({ conversation, body }) =>
    conversation === id && body.type === "text" ? [body.text] : [],
  );
  return [...said, ...own];
}

export const text = (value: string) => ({ type: "text", text: value }) as const;

export const held = (connection: Connection, id: string) => connection.state.conversations[id];
