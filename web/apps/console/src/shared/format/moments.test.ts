import { describe, expect, it } from "vitest";
import { fieldOf, momentsFrom } from "./moments.ts";

const at = (day: number, hours: number, minutes = 0) =>
  new Date(2026, 10, day, hours, minutes).getTime();
const told = (now: number) =>
  momentsFrom(now).map(({ name, at: moment }) => [name, fieldOf(moment)]);

// 25 November 2026 is a Wednesday.
describe("the usual moments", () => {
  it("are an hour from now, this afternoon, tomorrow and Monday at nine", () => {
    expect(told(at(25, 10, 30))).toEqual([
      ["hour", "2026-11-25T11:30"],
      ["afternoon", "2026-11-25T15:00"],
      ["tomorrow", "2026-11-26T09:00"],
      ["monday", "2026-11-30T09:00"],
    ]);
  });

  it("have no afternoon when it is here within the hour, or over", () => {
    for (const now of [at(25, 14), at(25, 14, 30), at(25, 18)]) {
      expect(momentsFrom(now).map(({ name }) => name)).not.toContain("afternoon");
    }
  });

  it("name a Monday once where it is tomorrow, and mean the next one on a Monday", () => {
    expect(told(at(29, 18))).toEqual([
      ["hour", "2026-11-29T19:00"],
      ["tomorrow", "2026-11-30T09:00"],
    ]);
    expect(told(at(30, 18)).at(-1)).toEqual(["monday", "2026-12-07T09:00"]);
  });
});
