import { describe, expect, it } from "vitest";
import { bodyOf, linesOf, moved, problemOf } from "./lines.ts";

const lines = (...names: string[]) => linesOf(names.map((name) => ({ name, weight: 2 })));
const names = (of: readonly { readonly name: string }[]) => of.map(({ name }) => name);

describe("the lines of a scorecard", () => {
  it("are moved one by one, and stay where there is nowhere to go", () => {
    expect(names(moved(lines("a", "b", "c"), 0, 1))).toEqual(["b", "a", "c"]);
    expect(names(moved(lines("a", "b", "c"), 2, -1))).toEqual(["a", "c", "b"]);
    expect(names(moved(lines("a"), 3, 1))).toEqual(["a"]);
  });

  it("need a name each, and each another", () => {
    expect(problemOf([])).toBe("empty");
    expect(problemOf(lines("a", "  "))).toBe("empty");
    expect(problemOf(lines("Tone", " tone "))).toBe("twice");
    expect(problemOf(lines("a", "b"))).toBeNull();
  });

  it("are sent trimmed, against the version that was seen", () => {
    expect(bodyOf(3, lines(" a "))).toEqual({ version: 3, criteria: [{ name: "a", weight: 2 }] });
  });
});
