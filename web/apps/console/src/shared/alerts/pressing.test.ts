import type { Me } from "@frontdesk/api";
import type { Connection } from "@frontdesk/realtime";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { News } from "./telling.ts";

const told: News[] = [];
vi.mock("./telling.ts", () => ({ tellNow: async (news: News) => void told.push(news) }));
vi.mock("../../i18n/i18n.ts", () => ({ instance: { t: (key: string) => key } }));
const { pressing } = await import("./pressing.ts");

type Listener = (frame: never) => void;
let listeners: Map<string, Listener>;
let phase: string;
const say = (kind: string, frame: object = {}) => listeners.get(kind)?.(frame as never);

function listen(permissions: string[] = []): void {
  listeners = new Map();
  phase = "online";
  told.length = 0;
  const connection = {
    get status() {
      return { phase };
    },
    state: { conversations: {}, agents: { 7: { status: "online" }, 8: { name: "Lin" } } },
    on: (kind: string, listener: Listener) => listeners.set(kind, listener),
  } as unknown as Connection;
  const me = { agent: { id: "7", team_ids: ["3"] }, permissions } as unknown as Me;
  pressing({ connection, me: () => me, open: () => {}, openWaiting: () => {} });
}

const alarm = (agent: string, since: number | null = 5) =>
  say("alarm", { conversation: "c", agent, since });
const due = (agent: string, ...standings: string[]) =>
  say("due", {
    conversation: "c",
    contact: "Ada",
    agent,
    due: standings.map((standing, index) => ({
      measure: ["first_reply", "resolution"][index],
      since: 1,
      standing,
    })),
  });
const waiting = (count: number, by_hand = true, team = "3") =>
  say("waiting", { team, count, oldest: null, by_hand });
const titles = () => told.map(({ title }) => title);

describe("what is urgent because nobody does it", () => {
  beforeEach(() => listen());

  it("is an alarm of one's own, once until it is over, however often the frame comes", () => {
    alarm("7");
    alarm("7");
    expect(titles()).toEqual(["told.alarm"]);
    alarm("7", null);
    alarm("7", 9);
    expect(titles()).toEqual(["told.alarm", "told.alarm"]);
  });

  it("is a colleague's alarm for who leads, and for nobody else", () => {
    alarm("8");
    expect(titles()).toEqual([]);
    listen(["conversation.supervise"]);
    alarm("8");
    expect(told).toMatchObject([{ title: "told.alarm", body: "Lin" }]);
  });

  it("is a promise when it is warned and when it is broken, each once", () => {
    due("7", "running", "running");
    due("7", "warned", "running");
    due("7", "warned", "running");
    due("7", "breached", "running");
    due("7", "breached", "warned");
    expect(titles()).toEqual(["told.warned", "told.breached", "told.warned"]);
  });

  it("is nothing that stood already when the connection came up", () => {
    phase = "syncing";
    alarm("7");
    due("7", "breached");
    waiting(2);
    phase = "online";
    alarm("7");
    due("7", "breached");
    waiting(2);
    expect(titles()).toEqual([]);
    waiting(3);
    expect(titles()).toEqual(["told.waiting"]);
  });

  it("is somebody new in a queue of one's own that is picked by hand, and no other", () => {
    waiting(1, false);
    waiting(1, true, "4");
    waiting(2);
    waiting(1);
    waiting(2);
    expect(titles()).toEqual(["told.waiting", "told.waiting"]);
  });
});
