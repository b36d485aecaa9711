import { describe, expect, it } from "vitest";
import type { Entry, ServerFrame } from "./frames.ts";
import { GapError } from "./log.ts";
import { expire, nextExpiry, reduce } from "./reduce.ts";
import { emptyState, type RealtimeState } from "./state.ts";
import { agent, header, visitor } from "./testing/fake-server.ts";

const message = (seq: number, text = `m${seq}`): Entry => ({
  id: `${seq}`,
  seq,
  kind: "message",
  at: seq,
  sender: agent,
  body: { type: "text", text },
});
const run = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => message(from + index));
const play = (frames: ServerFrame[], state = emptyState): RealtimeState =>
  frames.reduce((before, frame) => reduce(before, frame, 1000), state);

const both = play([
  { t: "conversation", conversation: header("c1", { head: 5 }) },
  { t: "entries", conversation: "c1", entries: run(3, 5) },
  { t: "conversation", conversation: header("c2", { head: 2 }) },
  { t: "entries", conversation: "c2", entries: run(1, 2) },
  { t: "ready" },
]);
const of = (state: RealtimeState, id: string) => state.conversations[id];
const seqs = (state: RealtimeState, id = "c1") => of(state, id)?.entries.map(({ seq }) => seq);

describe("reduce", () => {
  it.each<[string, ServerFrame]>([
    ["an entry held", { t: "entry", conversation: "c1", entry: message(4) }],
    ["an entry of an unknown conversation", { t: "entry", conversation: "x", entry: message(4) }],
    [
      "a page that leaves a hole",
      { t: "page", ref: "", conversation: "c1", entries: run(8, 9), more: false },
    ],
    [
      "a page of what is held",
      { t: "page", ref: "", conversation: "c1", entries: run(3, 5), more: false },
    ],
    [
      "a receipt that moves nothing",
      { t: "receipt", conversation: "c1", side: "agent", received: 0, read: 0 },
    ],
    ["an offer that is not held", { t: "offer_ended", conversation: "c1", outcome: "expired" }],
    [
      "the end of typing nobody began",
      { t: "typing", conversation: "c1", sender: visitor, text: "" },
    ],
    [
      "nothing owed where nothing was",
      { t: "due", conversation: "c1", contact: "Li", agent: null, team: null, due: [] },
    ],
    ["a frame for others", { t: "changed", topic: "teams" }],
    ["ready without anything unnamed", { t: "ready" }],
  ])("returns the same object for %s", (_, frame) => {
    expect(reduce(both, frame, 1000)).toBe(both);
  });

  it("holds what is owed until the server says that it is not, or begins anew", () => {
    const due = {
      measure: "next_reply",
      since: 1,
      warns_at: 800,
      due_at: 1000,
      standing: "running",
    } as const;
    const told = { t: "due", conversation: "c1", contact: "Li", agent: "7", team: "1" } as const;
    const owing = play([{ ...told, due: [due] }], both);
    expect(owing.owed).toEqual({ c1: { contact: "Li", agent: "7", team: "1", due: [due] } });
    expect(play([{ ...told, due: [] }], owing).owed).toEqual({});
    const welcome = { t: "welcome" } as ServerFrame;
    expect(play([welcome], owing).owed).toEqual({});
  });

  it("keeps the object of every conversation it does not concern", () => {
    const next = reduce(both, { t: "entry", conversation: "c1", entry: message(6) }, 1000);
    expect(of(next, "c2")).toBe(of(both, "c2"));
    expect(of(next, "c1")?.entries[0]).toBe(of(both, "c1")?.entries[0]);
  });

  it("refuses an entry whose predecessors are missing", () => {
    const frame = { t: "entry", conversation: "c1", entry: message(7) } as const;
    expect(() => reduce(both, frame, 1000)).toThrow(GapError);
  });

  it("merges pages that adjoin or overlap, on either side", () => {
    const page = (entries: Entry[]): ServerFrame => {
      return { t: "page", ref: "", conversation: "c1", entries, more: false };
    };
    expect(seqs(play([page(run(1, 2))], both))).toEqual([1, 2, 3, 4, 5]);
    expect(seqs(play([page(run(2, 4))], both))).toEqual([2, 3, 4, 5]);
    expect(seqs(play([page(run(1, 7))], both))).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(seqs(play([page(run(6, 8))], both))).toEqual([3, 4, 5, 6, 7, 8]);
    expect(seqs(play([page(run(1, 1))], both))).toEqual([3, 4, 5]);
  });

  it("replaces everything at a reset, and entries that do not adjoin", () => {
    const snapshot = header("c1", { head: 90 });
    const reset = play([{ t: "reset", conversation: "c1", snapshot, entries: run(88, 90) }], both);
    expect(seqs(reset)).toEqual([88, 89, 90]);
    expect(of(reset, "c1")?.oldest).toBe(88);
    const far = play([{ t: "entries", conversation: "c1", entries: run(40, 41) }], both);
    expect(seqs(far)).toEqual([40, 41]);
    expect(of(far, "c1")?.snapshot.head).toBe(41);
  });

  it("takes a newer header, and of an older one only what is not in the log", () => {
    const contact = { id: "42", name: "王小姐" };
    const renamed = header("c1", { head: 4, contact, state: "closed" });
    const old = play([{ t: "conversation", conversation: renamed }], both);
    expect(of(old, "c1")?.snapshot).toMatchObject({ contact, state: "bot", head: 5 });
    const later = { ...renamed, head: 9 };
    const next = play([{ t: "conversation", conversation: later }], both);
    expect(of(next, "c1")?.snapshot).toMatchObject({ state: "closed", head: 9 });
    expect(seqs(next)).toEqual([3, 4, 5]);
  });

  it("drops at ready what was not named since welcome, and only that", () => {
    const limits = { max_text: 1, max_frame: 1, max_upload: 1 };
    const subject = { kind: "agent", id: "7" } as const;
    const welcome = {
      t: "welcome",
      connection: "",
      subject,
      server_time: 0,
      heartbeat: 1,
      limits,
    } as const;
    const next = play(
      [welcome, { t: "entries", conversation: "c2", entries: [] }, { t: "ready" }],
      both,
    );
    expect(of(next, "c1")?.live).toBe(false);
    expect(of(next, "c2")).toBe(of(both, "c2"));
  });

  it("moves receipts only forward", () => {
    const receipt = (received: number, read: number): ServerFrame => {
      return { t: "receipt", conversation: "c1", side: "visitor", received, read };
    };
    const state = play([receipt(5, 2), receipt(3, 4), receipt(1, 1)], both);
    expect(of(state, "c1")?.snapshot).toMatchObject({
      received: { visitor: 5, agent: 0 },
      read: { visitor: 4, agent: 0 },
    });
  });

  it("keeps a preview until its sender speaks or its time is over", () => {
    const typing: ServerFrame = { t: "typing", conversation: "c1", sender: agent, text: "…" };
    const typed = play([typing], both);
    expect(nextExpiry(typed)).toBe(7000);
    expect(expire(typed, 6999)).toBe(typed);
    expect(of(expire(typed, 7000), "c1")?.typing).toBeNull();
    const spoke = play([{ t: "entry", conversation: "c1", entry: message(6) }], typed);
    expect(of(spoke, "c1")?.typing).toBeNull();
  });

  it("keeps a place in the queue only while the conversation waits", () => {
    const at = { id: "6", seq: 6, at: 6, sender: agent };
    const queued: Entry = { ...at, kind: "queued", body: { team_id: "3", reason: "visitor" } };
    const out: Entry = { ...at, id: "7", seq: 7, kind: "unqueued", body: { reason: "visitor" } };
    const waits = play(
      [
        { t: "entry", conversation: "c1", entry: queued },
        {
          t: "queue",
          conversation: "c1",
          position: 2,
          ahead: 1,
          estimate: 90,
          team: "3",
          soonest: 40,
          latest: 160,
          callback: false,
        },
      ],
      both,
    );
    expect(of(waits, "c1")?.queue).toEqual({
      position: 2,
      ahead: 1,
      estimate: 90,
      soonest: 40,
      latest: 160,
      callback: false,
    });
    const left = play([{ t: "entry", conversation: "c1", entry: out }], waits);
    expect(of(left, "c1")?.queue).toBeNull();
  });

  it("remembers offers until they end or run out, agents and queues of teams", () => {
    const conversation = header("c3");
    const card = { id: "7", name: "林夏", avatar_url: null, kind: "human" } as const;
    const state = play([
      { t: "offer", conversation, expires_at: 9000, reason: "dispatch" },
      { t: "agent", agent: { ...card, status: "online", load: 1, capacity: 5 } },
      { t: "waiting", team: "3", count: 2, oldest: 500, by_hand: false },
    ]);
    expect(Object.values(state.offers)[0]).toMatchObject({ expires_at: 9000 });
    expect(Object.values(state.agents)[0]).toMatchObject({ load: 1 });
    expect(state.waiting).toEqual({ "3": { count: 2, oldest: 500 } });
    expect(expire(state, 9000).offers).toEqual({});
  });

  it("empties a message in a page that was read before its recall", () => {
    const recall: Entry = { ...message(6), kind: "recalled", body: { seq: 2 } } as Entry;
    const page: ServerFrame = {
      t: "page",
      ref: "",
      conversation: "c1",
      entries: run(1, 2),
      more: false,
    };
    const state = play([{ t: "entry", conversation: "c1", entry: recall }, page], both);
    expect(of(state, "c1")?.entries[1]).toMatchObject({ recalled: true, body: {} });
  });
});
