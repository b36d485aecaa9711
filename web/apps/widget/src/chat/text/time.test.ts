import { describe, expect, it } from "vitest";
import { en as english } from "../i18n/en.ts";
import { translator } from "../i18n/i18n.ts";
import { zhCN } from "../i18n/zh-CN.ts";
import { told } from "../model/absence.ts";
import { clock, day, opening, size, wait } from "./time.ts";

const en = translator("en", english);
const zh = translator("zh-CN", zhCN);
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

describe("an opening", () => {
  const at = (days: number, hour: number) => new Date(2026, 10, 23 + days, hour).getTime();
  it("is told by its distance", () => {
    expect(opening(at(0, 14), now, en)).toBe("today at 14:00");
    expect(opening(at(1, 9), now, zh)).toBe("明天 09:00");
    expect(opening(at(3, 9), now, en)).toBe("on Thursday, November 26 at 09:00");
    expect(opening(at(14, 9), now, zh)).toBe("12月7日星期一 09:00");
  });

  it("is promised only where it is known", () => {
    expect(told({ why: "closed", opens_at: at(1, 9), instead: "leave_message" }, now, en)).toBe(
      "We’re back tomorrow at 09:00.",
    );
    expect(told({ why: "closed", opens_at: null, instead: "leave_message" }, now, en)).toBe(
      "Nobody is on duty right now.",
    );
    expect(told({ why: "full", opens_at: null, instead: "leave_message" }, now, zh)).toBe(
      "现在排队的人太多了。",
    );
    expect(told(null, now, zh)).toBe("当前没有客服在线。");
  });
});

describe("an estimate", () => {
  it.each([
    [null, null, null],
    [5, 40, "less than a minute"],
    [20, 100, "within about 2 minutes"],
    [190, 350, "about 3–6 minutes"],
    [60, 61, "about 1–2 minutes"],
    [1900, 4000, "more than 30 minutes"],
  ])("from %s to %s seconds is %j", (soonest, latest, text) => {
    expect(wait({ soonest, latest }, en)).toBe(text);
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
