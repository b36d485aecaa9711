import type { Entry } from "@frontdesk/realtime";
import { describe, expect, it } from "vitest";
import { answeredSince } from "./guarding.ts";

const entry = (seq: number, kind: string, sender: object) =>
  ({ seq, kind, sender }) as unknown as Entry;
const mei = { kind: "agent", id: "1", name: "Mei" };
const log = [
  entry(1, "message", mei),
  entry(2, "message", { kind: "visitor", id: "9" }),
  entry(3, "message", { kind: "agent", id: "7", name: "Me" }),
  entry(4, "note", mei),
];

describe("what a colleague has answered meanwhile", () => {
  it("is a message of another agent since one began to write", () => {
    expect(answeredSince(log, 0, "7")).toEqual({ seq: 1, name: "Mei" });
    expect(answeredSince([...log, entry(5, "message", mei)], 1, "7")?.seq).toBe(5);
  });

  it("is neither one's own, nor the visitor's, nor a note, nor what was there before", () => {
    expect(answeredSince(log, 1, "7")).toBeNull();
  });
});
