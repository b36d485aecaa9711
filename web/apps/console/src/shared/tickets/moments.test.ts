import { describe, expect, it } from "vitest";
import { fromField, toField, urgency } from "./moments.ts";

describe("the field of a due time", () => {
  it("gives back the moment that it shows, to the minute", () => {
    for (const at of [0, Date.UTC(2026, 2, 29, 1, 30), Date.UTC(2027, 11, 31, 23, 59)]) {
      expect(fromField(toField(at))).toBe(at);
    }
  });
  it("is empty for none, and none for what is no moment", () => {
    expect(toField(null)).toBe("");
    for (const text of ["", "soon", "2026-13-40T99:99"]) expect(fromField(text)).toBeNull();
  });
});

describe("how a due time looks", () => {
  const now = Date.UTC(2026, 5, 1);
  it("is late when it is over and soon within a day", () => {
    expect(urgency({ due_at: now - 1, state: "open" }, now)).toBe("late");
    expect(urgency({ due_at: now + 3_600_000, state: "waiting" }, now)).toBe("soon");
    expect(urgency({ due_at: now + 90_000_000, state: "open" }, now)).toBeUndefined();
  });
  it("is nothing special without one, and once the ticket is solved", () => {
    expect(urgency({ due_at: null, state: "open" }, now)).toBeUndefined();
    expect(urgency({ due_at: now - 1, state: "solved" }, now)).toBeUndefined();
  });
});
