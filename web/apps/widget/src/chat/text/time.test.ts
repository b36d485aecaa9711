import { describe, expect, it } from "vitest";
import { translator } from "../i18n/i18n.ts";
import { clock, day, size, wait } from "./time.ts";

const en = translator("en");
const zh = translator("zh-CN");
const now = new Date(2026, 10, 23, 9, 5).getTime();
const ago = (days: number) => new Date(2026, 10, 23 - days, 23, 59).getTime();

describe("days", () => {
  it("are named by their distance", () => {
    expect(day(now, now, en)).toBe("Today");
    expect(day(ago(1), now, zh)).toBe("昨天");
    expect(day(ago(3), now, en)).toBe("Friday");
    expect(day(ago(20), now, zh)).toBe("11月3日");
    expect(day(ago(400), now, en)).toBe("October 19, 2025");
  });

  it("show the time with two digits, midnight as zero", () => {
    expect(clock(now, "zh-CN")).toBe("09:05");
    expect(clock(new Date(2026, 0, 1, 0, 7).getTime(), "en")).toBe("00:07");
  });
});

describe("an estimate", () => {
  it.each([
    [null, null],
    [Number.NaN, null],
    [20, "less than a minute"],
    [60, "about 1 minute"],
    [61, "about 2 minutes"],
    [5000, "more than 30 minutes"],
  ])("of %s seconds is %j", (seconds, text) => {
    expect(wait(seconds, en)).toBe(text);
  });
});

it("sizes are short", () => {
  expect([512, 184_000, 2_340_000, 45_000_000].map((bytes) => size(bytes, en))).toEqual([
    "512 B",
    "184 KB",
    "2.3 MB",
    "45 MB",
  ]);
});
