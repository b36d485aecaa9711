import { afterEach, expect, it, vi } from "vitest";
import { alone } from "./alone.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

const denied = () => Promise.reject(new DOMException("", "SecurityError"));

it.each([
  ["has no locks", {}],
  ["denies them", { locks: { request: denied } }],
])("works once where the browser %s", async (_, navigator) => {
  vi.stubGlobal("navigator", navigator);
  const work = vi.fn(async () => 7);
  expect(await alone("name", work)).toBe(7);
  expect(work).toHaveBeenCalledTimes(1);
});

it("does not work again when the work itself failed", async () => {
  const request = (_: string, work: () => Promise<unknown>) => work();
  vi.stubGlobal("navigator", { locks: { request } });
  const work = vi.fn(() => Promise.reject(new Error("no")));
  await expect(alone("name", work)).rejects.toThrow("no");
  expect(work).toHaveBeenCalledTimes(1);
});
