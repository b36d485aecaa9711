import { describe, expect, it } from "vitest";
import { alive, heard, life, type Others } from "./others.ts";

const none: Others = new Map();
const mei = { agent: "1", name: "Mei", doing: "looking" } as const;

describe("who else looks at a conversation", () => {
  it("is there until they say that they left", () => {
    const there = heard(none, mei, 0);
    expect(there.get("1")).toMatchObject({ name: "Mei", doing: "looking" });
    expect(heard(there, { ...mei, doing: "writing" }, 5).get("1")?.doing).toBe("writing");
    expect(heard(there, { ...mei, doing: "nothing" }, 5).size).toBe(0);
  });

  it("is forgotten when nothing is heard of them, and kept when they say it anew", () => {
    const there = heard(none, mei, 0);
    expect(alive(there, life - 1)).toBe(there);
    expect(alive(there, life).size).toBe(0);
    expect(alive(heard(there, mei, 20_000), life).size).toBe(1);
  });
});
