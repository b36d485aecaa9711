import type { Connection, ConnectionOptions } from "../api.ts";
import { createConnection } from "../connection.ts";
import { indexedDbOutbox } from "../indexeddb-outbox.ts";

/** Somebody with several tabs open. */
export interface Person {
  readonly name: string;
  readonly conversations: readonly string[];
  readonly token: ConnectionOptions["token"];
  /** What each tab's network lets through. */
  readonly tabs: readonly ("websocket" | "sse")[];
}

/** `tab` is the same before and after a reload. */
export interface Said {
  readonly tab: string;
  readonly conversation: string;
  readonly text: string;
}

/** What one tab shows of one conversation. */
export interface Screen {
  readonly tab: string;
  readonly conversation: string;
  readonly phase: string;
  readonly entries: readonly (readonly [seq: number, id: string, text: string | null])[];
  /** Texts that are not confirmed, each with its state. */
  readonly pending: readonly (readonly [text: string, state: string])[];
}

interface Tab {
  readonly name: string;
  readonly person: Person;
  readonly transport: "websocket" | "sse";
  connection: Connection;
}

/** A network that lets no socket through. */
const forbidden = class {
  constructor() {
    throw new Error("forbidden");
  }
} as unknown as typeof WebSocket;

/** People who write, all at once and from all of their tabs, and who reload while something is on its way. */
export function crowd(people: readonly Person[], url: string, random: () => number) {
  const said: Said[] = [];
  let devices = 0;
  let reloads = 0;

  function open(person: Person, transport: Tab["transport"]): Connection {
    const connection = createConnection({
      url,
      token: person.token,
      outbox: indexedDbOutbox(person.name),
      device: `device-${++devices}`,
      random,
      ...(transport === "sse" && { WebSocket: forbidden }),
    });
    connection.start();
    return connection;
  }

  const tabs = people.flatMap((person) =>
    person.tabs.map((transport, number): Tab => {
      const connection = open(person, transport);
      return { name: `${person.name}.${number + 1}`, person, transport, connection };
    }),
  );
  const pick = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)] as T;

  function say(tab: Tab): string {
    const conversation = pick(tab.person.conversations);
    const words = `${tab.name} says ${said.length + 1}`;
    said.push({ tab: tab.name, conversation, text: words });
    return tab.connection.send(conversation, { type: "text", text: words }).client_id;
  }

  /** In the middle of a send: as soon as the message is stored, however far it has come by then. */
  async function reload(tab: Tab): Promise<void> {
    const former = tab.connection;
    const outbox = indexedDbOutbox(tab.person.name);
    const client_id = say(tab);
    const isStored = async () => (await outbox.all()).some((each) => each.client_id === client_id);
    const isThere = () => former.pending.some((each) => each.client_id === client_id);
    while (tab.connection === former && isThere() && !(await isStored()));
    if (tab.connection !== former) return;
    former.stop();
    reloads++;
    tab.connection = open(tab.person, tab.transport);
  }

  function waiting(): number {
    return people.reduce((sum, person) => {
      const ids = tabs
        .filter((tab) => tab.person === person)
        .flatMap(({ connection }) => connection.pending.map(({ client_id }) => client_id));
      return sum + new Set(ids).size;
    }, 0);
  }

  return {
    said,
    waiting,
    get reloads() {
      return reloads;
    },
    /** Somebody writes: mostly once, at times several times in a row, at times with a reload in the middle. */
    step(): void {
      const tab = pick(tabs);
      const dice = random();
      if (dice < 0.04) void reload(tab);
      else for (let left = dice < 0.12 ? 5 : 1; left > 0; left--) say(tab);
    },
    /** Who is not done yet, as far as that can be seen from here. */
    unsettled: (): number =>
      waiting() + tabs.filter(({ connection }) => connection.status.phase !== "online").length,
    hurry(): void {
      for (const { connection } of tabs) connection.reconnectNow();
    },
    screens: (): Screen[] =>
      tabs.flatMap(({ name, person, connection }) =>
        person.conversations.map((conversation) => ({
          tab: name,
          conversation,
          phase: connection.status.phase,
          entries: (connection.state.conversations[conversation]?.entries ?? []).map(
            ({ seq, id, body }) => [seq, id, "text" in body ? body.text : null] as const,
          ),
          pending: connection.pending
            .filter((message) => message.conversation === conversation)
            .map(({ body, state, error }) => {
              const words = "text" in body ? body.text : "";
              return [words, error ? `${state}: ${error.code}` : state] as const;
            }),
        })),
      ),
    stop(): void {
      for (const { connection } of tabs) connection.stop();
    },
  };
}
