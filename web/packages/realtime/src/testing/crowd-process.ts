/// <reference types="node" />
/**
 * The crowd as a process of its own: the first line of its input says who is in it, further lines what to do, each line of
 * its output how it stands. Run by `tests/network`.
 */
import "fake-indexeddb/auto";
import { createInterface } from "node:readline";
import type { Token } from "../api.ts";
import { crowd, type Person } from "./crowd.ts";
import { installOwnClock } from "./own-clock.ts";
import { seeded } from "./seeded.ts";

interface Beginning {
  readonly url: string;
  readonly channel: string;
  readonly seed: number;
  readonly rate: number;
  /** How many messages may be on their way or waiting before nobody writes. */
  readonly patience: number;
  /** Real milliseconds between two steps. */
  readonly pace: number;
  readonly people: readonly (Omit<Person, "token"> & {
    /** A visitor's, with which it asks for tokens; agents bring their token. */
    readonly key?: string;
    readonly token?: string;
  })[];
}

type Order = { readonly rate: number } | { readonly finish: true } | { readonly report: true };

const pause = globalThis.setTimeout;
const wait = (ms: number) => new Promise<void>((resolve) => pause(resolve, ms));
const tell = (what: unknown) => process.stdout.write(`${JSON.stringify(what)}\n`);

/** The work of a name waits for the work of that name before it, as with the browser's own locks. */
function locks() {
  const turns = new Map<string, Promise<unknown>>();
  return {
    request(name: string, work: () => Promise<void>): Promise<void> {
      const turn = (turns.get(name) ?? Promise.resolve()).then(work);
      turns.set(
        name,
        turn.catch(() => undefined),
      );
      return turn;
    },
  };
}

async function visitorToken(url: string, channel: string, visitor_key: string): Promise<Token> {
  const answer = await fetch(new URL("/v1/visitor/session", url), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ channel, language: "en", visitor_key }),
  });
  if (!answer.ok) throw new Error(`no token: ${answer.status}`);
  return answer.json() as Promise<Token>;
}

async function run(lines: AsyncIterableIterator<string>): Promise<void> {
  const first: Beginning = JSON.parse((await lines.next()).value);
  const clock = installOwnClock(first.rate);
  const people = first.people.map(({ key, token, ...person }): Person => {
    const lasting = { token: token ?? "", expires_at: Number.MAX_SAFE_INTEGER };
    return {
      ...person,
      token: async () => (key ? visitorToken(first.url, first.channel, key) : lasting),
    };
  });
  const all = crowd(people, first.url, seeded(first.seed));
  let writing = true;

  async function write(): Promise<void> {
    for (let turn = 0; writing; turn++) {
      if (all.waiting() < first.patience) all.step();
      if (turn % 10 === 0) tell({ said: all.said.length });
      await wait(first.pace);
    }
    all.hurry();
    while (all.unsettled()) {
      tell({ unsettled: all.unsettled() });
      await wait(100);
    }
    tell({ settled: true });
  }

  void write();
  for await (const line of lines) {
    const order: Order = JSON.parse(line);
    if ("rate" in order) clock.rate = order.rate;
    else if ("finish" in order) writing = false;
    else tell({ said: all.said, screens: all.screens(), reloads: all.reloads });
  }
  process.exit(0);
}

Object.defineProperty(globalThis, "navigator", {
  value: { locks: locks(), onLine: true },
  configurable: true,
});
process.on("uncaughtException", (error) => {
  tell({ wrong: String(error.stack) });
});
void run(createInterface({ input: process.stdin })[Symbol.asyncIterator]());
