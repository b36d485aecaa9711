import { expect, it } from "vitest";
import { browserStorage } from "./storage.ts";

it("falls back to memory where the browser forbids it", () => {
  const blocked = browserStorage(() => {
    throw new DOMException("denied", "SecurityError");
  });
  blocked.set("a", "1");
  expect([blocked.lasting, blocked.get("a")]).toEqual([false, "1"]);
});
