import { describe, expect, it } from "vitest";
import { percentOf } from "./result.ts";

const given = (...lines: [number, number | null][]) =>
  percentOf(lines.map(([weight, points]) => ({ weight, points })));

describe("percentOf", () => {
  it("counts weights, and rounds halves up as the server does", () => {
    expect(given([3, 5], [1, 1])).toBe(80);
    expect(given([1, 1], [7, 0])).toBe(3);
    expect(given([1, 0])).toBe(0);
  });

  it("counts only what is given so far, and says nothing before that", () => {
    expect(given([1, null], [3, null])).toBeNull();
    expect(given([1, 5], [3, null])).toBe(100);
  });
});
