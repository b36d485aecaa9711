import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Trigger } from "../loader/look.ts";
import { holds, watch } from "./watch.ts";

const trigger: Trigger = {
  act: "say",
  page: "",
  referrer: "",
  seconds: 0,
  scroll: 0,
  returning: false,
  "zh-CN": "",
  en: "",
};
const visit = {
  page: "https://shop.example/pricing?plan=gold",
  referrer: "https://blog.example/lanterns",
  seconds: 10,
  scroll: 50,
  returning: false,
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it.each<[Partial<Trigger>, boolean]>([
  [{}, true],
  [{ page: "/pricing" }, true],
  [{ page: "/about" }, false],
  [{ referrer: "blog.example" }, true],
  [{ referrer: "search.example" }, false],
  [{ seconds: 10 }, true],
  [{ seconds: 11 }, false],
  [{ scroll: 50 }, true],
  [{ scroll: 51 }, false],
  [{ returning: true }, false],
  [{ page: "/pricing", seconds: 5, scroll: 60 }, false],
])("needs everything that it names: %j", (more, expected) => {
  expect(holds({ ...trigger, ...more }, visit)).toBe(expected);
});

it("tells each trigger once, when its time has come, and nothing after the end", () => {
  const due = vi.fn();
  const over = new AbortController();
  const triggers = [2, 4, 9].map((seconds) => ({ ...trigger, seconds }));
  watch(triggers, false, due, over.signal);
  vi.advanceTimersByTime(5_000);
  expect(due.mock.calls.map(([each]) => each.seconds)).toEqual([2, 4]);
  over.abort();
  vi.advanceTimersByTime(60_000);
  expect(due).toHaveBeenCalledTimes(2);
});
