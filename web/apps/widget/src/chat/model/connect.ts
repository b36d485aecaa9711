import {
  type ClientIds,
  type Connection,
  createConnection,
  type Entry,
  type OutboxStore,
  type Snapshot,
} from "@frontdesk/realtime";

/** This tab's line to the server, told in the chat's terms. */
export function connect(options: {
  origin: string;
  outbox: OutboxStore;
  ids: ClientIds;
  token(): Promise<{ token: string; expires_at: number }>;
  changed(): void;
  up(): void;
  /** The line has ended for good. */
  ended(): void;
  clock(serverTime: number): void;
  appeared(conversation: Snapshot): void;
  ready(): void;
  heard(conversation: string, entry: Entry): void;
}): Connection {
  const line = createConnection({
    url: options.origin,
    token: options.token,
    outbox: options.outbox,
    ids: options.ids,
    device: crypto.randomUUID(),
  });
  line.subscribe(() => {
    if (line.status.phase === "online") options.up();
    if (line.status.phase === "stopped") options.ended();
    options.changed();
  });
  line.on("welcome", ({ server_time }) => options.clock(server_time));
  line.on("conversation", ({ conversation }) => options.appeared(conversation));
  line.on("ready", options.ready);
  line.on("entry", ({ conversation, entry }) => options.heard(conversation, entry));
  return line;
}
