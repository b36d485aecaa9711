import type { Entry } from "@frontdesk/realtime";
import { describe, expect, it } from "vitest";
import { blocksOf, entriesFrom, linesOf, markOf, recallable } from "./lines.ts";

const noon = new Date(2026, 4, 20, 12).getTime();
const visitor = { kind: "visitor", id: "v" } as const;
const agent = { kind: "agent", id: "7", name: "Lin" } as const;

function message(seq: number, sender: Entry["sender"], at: number): Entry {
  return { id: `${seq}`, seq, kind: "message", at, sender, body: { type: "text", text: "…" } };
}

describe("linesOf", () => {
  it("joins what one person says in one go", () => {
    const lines = linesOf([
      message(1, visitor, noon),
      message(2, visitor, noon + 1000),
      message(3, agent, noon + 2000),
      message(4, agent, noon + 600_000),
    ]);
    const runs = lines.flatMap((line) =>
      line.type === "message" ? [[line.first, line.last]] : [],
    );
    expect(runs).toEqual([
      [true, false],
      [false, true],
      [true, true],
      [true, true],
    ]);
  });

  it("says once that the visitor woke what was put aside, and not where something else did", () => {
    const put = (seq: number): Entry => ({
      ...{ id: `${seq}`, seq, kind: "snoozed", at: noon, sender: agent },
      body: { until: noon + 1000 },
    });
    const woken: Entry = {
      ...{ id: "2", seq: 2, kind: "woken", at: noon, sender: agent },
      body: { reason: "agent" },
    };
    const told = (...entries: Entry[]) => linesOf(entries).map(({ type, key }) => [type, key]);
    const spoken = [2, 3].map((seq) => message(seq, visitor, noon));
    expect(told(put(1), message(2, agent, noon), message(3, visitor, noon)).slice(1)).toEqual([
      ["system", "1"],
      ["message", "2"],
      ["system", "woken-3"],
      ["message", "3"],
    ]);
    expect(told(put(1), ...spoken).filter(([type]) => type === "system")).toHaveLength(2);
    expect(told(put(1), woken, message(3, visitor, noon)).at(-2)).toEqual(["system", "2"]);
  });

  it("separates days", () => {
    const lines = linesOf([message(1, visitor, noon - 86_400_000), message(2, visitor, noon)]);
    expect(lines.map(({ type }) => type)).toEqual(["day", "message", "day", "message"]);
  });

  it("shows neither hidden entries nor what it does not know", () => {
    const base = { at: noon, sender: visitor, body: {} };
    const strange = [
      { id: "1", seq: 1, kind: "hidden", ...base },
      { id: "2", seq: 2, kind: "recalled", ...base, body: { seq: 1 } },
      { id: "3", seq: 3, kind: "from_the_future", ...base },
    ] as unknown as Entry[];
    expect(linesOf(strange).filter(({ type }) => type !== "day")).toEqual([]);
  });
});

describe("marks", () => {
  it("follow the visitor's pointers", () => {
    expect([1, 2, 3].map((seq) => markOf(seq, 2, 1))).toEqual(["read", "delivered", "sent"]);
  });
});

describe("recalling", () => {
  it("is for one's own messages, for as long as the settings say", () => {
    const own = message(1, agent, noon);
    expect(recallable(own, "7", noon + 119_000, 120)).toBe(true);
    expect(recallable(own, "7", noon + 121_000, 120)).toBe(false);
    expect(recallable(own, "8", noon, 120)).toBe(false);
    expect(recallable(message(1, visitor, noon), "7", noon, 120)).toBe(false);
    expect(recallable(own, "7", noon, 0)).toBe(false);
  });
});

describe("blocks", () => {
  it("keep their lines when more is added before and after", () => {
    const entries = Array.from({ length: 200 }, (_, index) => message(index + 1, visitor, noon));
    const blocks = (from: number, to: number) =>
      blocksOf(linesOf(entriesFrom(entries.slice(0, to), from)));
    const keys = (from: number, to: number) =>
      blocks(from, to).map(({ key, lines }) => [key, lines.length]);
    expect(keys(85, 190).slice(1, -1)).toEqual(keys(41, 200).slice(2, -1).slice(0, -1));
    expect(blocks(1, 200).flatMap(({ lines }) => lines)).toEqual(linesOf(entries));
  });
});
