import { describe, expect, it } from "vitest";
import { bytes } from "./bytes.ts";
import { linkify, safeHref } from "./links.ts";
import { initials } from "./names.ts";
import { dayName, elapsed, listTime } from "./time.ts";

describe("times", () => {
  const now = new Date(2026, 4, 20, 15, 0).getTime();
  const words = { today: "Today", yesterday: "Yesterday" };

  it("counts minutes, then hours", () => {
    expect(elapsed(65_000)).toBe("1:05");
    expect(elapsed(3_605_000)).toBe("1:00:05");
    expect(elapsed(-5)).toBe("0:00");
  });

  it("names days as people do", () => {
    expect(dayName(now - 3_600_000, now, "en", words)).toBe("Today");
    expect(dayName(new Date(2026, 4, 19, 23, 59).getTime(), now, "en", words)).toBe("Yesterday");
    expect(dayName(new Date(2026, 4, 17).getTime(), now, "en", words)).toBe("Sunday");
    expect(dayName(new Date(2025, 0, 3).getTime(), now, "zh-CN", words)).toBe("2025年1月3日");
  });

  it("keeps list times short", () => {
    expect(listTime(new Date(2026, 4, 20, 9, 5).getTime(), now, "en", "Yesterday")).toBe("09:05");
    expect(listTime(new Date(2026, 3, 2).getTime(), now, "en", "Yesterday")).toBe("4/2");
  });
});

describe("links", () => {
  it("opens http, https and mailto only", () => {
    expect(safeHref("https://example.org/")).toBe("https://example.org/");
    expect(safeHref("javascript:alert(1)")).toBeUndefined();
    expect(safeHref("data:text/html,x")).toBeUndefined();
  });

  it("finds links in what people write, without their punctuation", () => {
    expect(linkify("看 https://a.cn/x?y=1。谢谢")).toEqual([
      { text: "看 " },
      { text: "https://a.cn/x?y=1", href: "https://a.cn/x?y=1" },
      { text: "。谢谢" },
    ]);
    expect(linkify("Write to a@b.org.")[1]).toEqual({ text: "a@b.org", href: "mailto:a@b.org" });
    expect(linkify("javascript:alert(1) <b>")).toEqual([{ text: "javascript:alert(1) <b>" }]);
  });
});

describe("names and sizes", () => {
  it("abbreviates Chinese and Latin names", () => {
    expect(initials("王小明")).toBe("王");
    expect(initials("ada lovelace")).toBe("AL");
    expect(initials("  ")).toBe("?");
  });

  it("says sizes as people do", () => {
    expect(bytes(812)).toBe("812 B");
    expect(bytes(3500)).toBe("3.4 KB");
    expect(bytes(12_582_912)).toBe("12 MB");
  });
});
