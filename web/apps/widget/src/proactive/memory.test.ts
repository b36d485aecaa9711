import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createMemory } from "./memory.ts";

const at = (day: number) => () => new Date(2026, 10, day, 12);
const tomorrowsVisit = () => sessionStorage.clear();

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});
afterEach(() => void vi.restoreAllMocks());

it("knows who was here in an earlier visit, and not who only turned a page", () => {
  expect(createMemory("shop").returning).toBe(false);
  expect(createMemory("shop").returning).toBe(false);
  tomorrowsVisit();
  expect(createMemory("shop").returning).toBe(true);
  expect(createMemory("shop").returning).toBe(true);
  expect(createMemory("other").returning).toBe(false);
});

it("allows so many a day, and as many the next", () => {
  const today = createMemory("shop", at(29));
  expect(today.may(2)).toBe(true);
  today.spoke();
  expect([today.may(1), today.may(2)]).toEqual([false, true]);
  today.spoke();
  expect(createMemory("shop", at(29)).may(2)).toBe(false);
  expect(createMemory("shop", at(30)).may(2)).toBe(true);
});

it("allows none for ever to who has put one away", () => {
  createMemory("shop", at(1)).never();
  expect(createMemory("shop", at(20)).may(10)).toBe(false);
});

it("allows none where nothing can be remembered, and none over what is not its own", () => {
  vi.spyOn(window, "localStorage", "get").mockImplementation(() => {
    throw new Error("blocked");
  });
  expect(createMemory("shop").may(10)).toBe(false);
  vi.restoreAllMocks();
  localStorage.setItem("frontdesk.proactive.shop", "{]");
  expect(createMemory("shop").may(10)).toBe(true);
});
