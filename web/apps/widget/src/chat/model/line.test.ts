import { expect, it } from "vitest";
import { lineOf } from "./line.ts";

it.each([
  [null, true, false, "connecting"],
  [null, true, true, "waiting"],
  [null, false, false, "offline"],
  [{ phase: "syncing" }, true, false, "connecting"],
  [{ phase: "syncing" }, true, true, "waiting"],
  [{ phase: "online" }, true, true, "online"],
  [{ phase: "online" }, false, true, "offline"],
  [{ phase: "waiting" }, true, false, "waiting"],
  [{ phase: "stopped" }, true, true, "refused"],
] as const)("%j, network %s, up before %s: %s", (status, online, before, line) => {
  expect(lineOf(status, online, before)).toBe(line);
});
