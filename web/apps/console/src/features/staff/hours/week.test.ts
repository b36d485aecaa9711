import { describe, expect, it } from "vitest";
import { isFinished, makesSense, nextSpan, shownEnd, storedEnd, usual, weekdays } from "./week.ts";

const span = (opens: string, closes: string) => ({ opens, closes });

describe("a day", () => {
  it.each([
    [[], true],
    [[span("09:00", "12:00"), span("12:00", "18:00")], true],
    [[span("22:00", "24:00"), span("00:00", "02:00")], true],
    [[span("09:00", "09:00")], false],
    [[span("18:00", "09:00")], false],
    [[span("09:00", "13:00"), span("12:00", "18:00")], false],
    [[span("", "18:00")], false],
  ])("of %j makes sense: %j", (day, good) => {
    expect(makesSense(day)).toBe(good);
  });

  it("shows its end at midnight as a browser can", () => {
    expect(shownEnd("24:00")).toBe("00:00");
    expect(storedEnd("00:00")).toBe("24:00");
    expect(storedEnd(shownEnd("18:30"))).toBe("18:30");
  });

  it("goes on after its last span", () => {
    expect(nextSpan([])).toEqual(span("09:00", "18:00"));
    expect(nextSpan([span("09:00", "12:00")])).toEqual(span("13:00", "17:00"));
    expect(nextSpan([span("09:00", "23:30")])).toEqual(span("23:00", "24:00"));
  });
});

it("a date that is listed twice is not finished", () => {
  const hours = usual("Asia/Shanghai");
  const holiday = { date: "2027-10-01", name: "", intervals: [] };
  expect(isFinished({ ...hours, holidays: [holiday] })).toBe(true);
  expect(isFinished({ ...hours, holidays: [holiday, holiday] })).toBe(false);
  expect(isFinished({ ...hours, holidays: [{ ...holiday, date: "" }] })).toBe(false);
});

it("weeks begin with Monday", () => {
  expect(weekdays("en")[0]).toBe("Monday");
  expect(weekdays("zh-CN")[6]).toBe("星期日");
});
