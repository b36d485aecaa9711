import { describe, expect, it } from "vitest";
import { clientIds } from "./client-id.ts";

describe("client ids", () => {
  it("are UUIDs of version 7 that carry the time", () => {
    const id = clientIds().next(0x01977f5a3c10);
    expect(id).toMatch(/^01977f5a-3c10-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it("sort by creation within a millisecond, when the clock goes back, and after a reload", () => {
    const first = clientIds();
    const made = Array.from({ length: 5000 }, () => first.next(1e12));
    made.push(first.next(1e12 - 5000));
    const second = clientIds();
    second.follow(made.at(-1) ?? "");
    made.push(second.next(1e12 - 9000), second.next(1e12 + 9000));
    expect([...made].sort()).toEqual(made);
    expect(new Set(made).size).toBe(made.length);
  });
});
