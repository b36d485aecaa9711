import { describe, expect, it } from "vitest";
import { can } from "./permissions.ts";

describe("can", () => {
  it("asks the server's list, not the role", () => {
    const me = { permissions: ["conversation.read_own", "search.use"] } as const;
    expect(can(me, "search.use")).toBe(true);
    expect(can(me, "settings.manage")).toBe(false);
  });
});
