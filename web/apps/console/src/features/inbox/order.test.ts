import type { ConversationState, Entry, Snapshot } from "@frontdesk/realtime";
import { describe, expect, it } from "vitest";
import { unreadCount, waitingSince } from "../../shared/live/unanswered.ts";
import { byUrgency, byWaking } from "./order.ts";
import { belongs } from "./views.ts";

const agent = { id: "7", name: "Lin", avatar_url: null, kind: "human" } as const;

function said(seq: number, kind: "visitor" | "agent" | "bot", at: number): Entry {
  const sender = { kind, id: kind };
  return { id: `${seq}`, seq, kind: "message", at, sender, body: { type: "text", text: "…" } };
}

function state(
  id: string,
  entries: Entry[],
  header: Partial<Snapshot> = {},
  live = true,
): ConversationState {
  const last = entries.at(-1);
  const snapshot = {
    id,
    state: "active",
    agent,
    head: last?.seq ?? 0,
    opened_at: 0,
    waiting_since: null,
    closed_at: null,
    read: { visitor: 0, agent: 0 },
    last_message: last ? { seq: last.seq, sender: last.sender, at: last.at } : null,
    wrap_up: null,
    ...header,
  } as Snapshot;
  return { snapshot, entries, oldest: 1, typing: null, queue: null, live };
}

describe("the list's order", () => {
  it("puts who waits longest for an answer first, however quiet", () => {
    const quiet = state("1", [said(1, "agent", 5), said(2, "visitor", 10)]);
    const loud = state("2", [said(1, "visitor", 20), said(2, "visitor", 900)]);
    const answered = state("3", [said(1, "visitor", 1), said(2, "agent", 999)]);
    const sorted = [answered, loud, quiet]
      .sort(byUrgency(() => false))
      .map(({ snapshot }) => snapshot.id);
    expect(sorted).toEqual(["1", "2", "3"]);
  });

  it("puts what has just woken on top, until its agent has looked", () => {
    const waiting = state("1", [said(1, "visitor", 10)]);
    const woken = state("2", [said(1, "agent", 5)], { head: 2, woken_seq: 2 });
    const seen = { woken_seq: 2, read: { visitor: 0, agent: 2 } };
    const looked = state("3", [said(1, "agent", 4)], { head: 2, ...seen });
    const sorted = [waiting, looked, woken].sort(byUrgency(() => false));
    expect(sorted.map(({ snapshot }) => snapshot.id)).toEqual(["2", "1", "3"]);
  });

  it("puts what wakes next first among the snoozed", () => {
    const asleep = [30, 10, 20].map((at) => state(`${at}`, [], { snoozed_until: at }));
    expect(asleep.sort(byWaking).map(({ snapshot }) => snapshot.id)).toEqual(["10", "20", "30"]);
  });

  it("puts a pin above what is quiet, and never above who waits", () => {
    const waiting = state("1", [said(1, "visitor", 900)]);
    const pinned = state("2", [said(1, "agent", 1)]);
    const recent = state("3", [said(1, "agent", 999)]);
    const closed = state("4", [said(1, "agent", 5)], { state: "closed" });
    const order = byUrgency((id) => id === "2" || id === "4");
    const sorted = [closed, recent, pinned, waiting].sort(order).map(({ snapshot }) => snapshot.id);
    expect(sorted).toEqual(["1", "2", "3", "4"]);
  });

  it("puts a promised time that ends soon, or is over, before who waits longest", () => {
    const longest = state("1", [said(1, "visitor", 1)]);
    const warned = state("2", [said(1, "visitor", 900)]);
    const breached = state("3", [said(1, "agent", 950)]);
    const calm = state("4", [said(1, "visitor", 960)]);
    const owes = (due_at: number, standing: "running" | "warned" | "breached") => ({
      contact: "",
      agent: null,
      team: null,
      due: [{ measure: "next_reply", since: 0, warns_at: 0, due_at, standing }] as const,
    });
    const owed = {
      "2": owes(2000, "warned"),
      "3": owes(1000, "breached"),
      "4": owes(10, "running"),
    };
    const sorted = [calm, longest, warned, breached]
      .sort(byUrgency(() => false, owed))
      .map(({ snapshot }) => snapshot.id);
    expect(sorted).toEqual(["3", "2", "1", "4"]);
  });

  it("counts the wait from the first unanswered message, a bot's answer is none", () => {
    expect(
      waitingSince(
        state("1", [said(1, "visitor", 10), said(2, "bot", 11), said(3, "visitor", 30)]),
      ),
    ).toBe(10);
    expect(waitingSince(state("1", [said(1, "visitor", 10), said(2, "agent", 11)]))).toBeNull();
  });

  it("falls back to the header while the log is not loaded", () => {
    const last_message = { seq: 4, sender: { kind: "visitor", id: "v" }, at: 44 };
    const header = { last_message: last_message as Snapshot["last_message"], head: 4 };
    expect(waitingSince(state("1", [], header))).toBe(44);
    expect(unreadCount(state("1", [], header))).toBe(1);
  });

  it("counts unread visitors' messages only", () => {
    const entries = [said(1, "visitor", 1), said(2, "agent", 2), said(3, "visitor", 3)];
    expect(unreadCount(state("1", entries, { read: { visitor: 0, agent: 1 } }))).toBe(1);
  });
});

describe("views", () => {
  it("keeps a conversation ended by the visitor in Mine until it is wrapped up", () => {
    const ended = { state: "closed", close_reason: "visitor" } as const;
    expect(belongs(state("1", [], ended), "mine", { id: "7", team_ids: [] })).toBe(true);
    const wrapped = { ...ended, wrap_up: { category: "Orders", remark: "" } };
    expect(belongs(state("1", [], wrapped), "mine", { id: "7", team_ids: [] })).toBe(false);
  });

  it("keeps what its owner put aside in Snoozed, and with a guest in Mine", () => {
    const asleep = state("1", [], { snoozed_until: 9, guests: [{ ...agent, id: "8" }] });
    const owner = { id: "7", team_ids: [] };
    const guest = { id: "8", team_ids: [] };
    expect(belongs(asleep, "mine", owner)).toBe(false);
    expect(belongs(asleep, "snoozed", owner)).toBe(true);
    expect(belongs(asleep, "mine", guest)).toBe(true);
    expect(belongs(asleep, "snoozed", guest)).toBe(false);
  });

  it("shows what is no longer streamed to me as nobody's", () => {
    expect(belongs(state("1", [], {}, false), "mine", { id: "7", team_ids: [] })).toBe(false);
  });
});
