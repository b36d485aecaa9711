import { describe, expect, it } from "vitest";
import { added, drafted, isComplete, moved } from "./drafts.ts";

const kindsOf = (drafts: ReturnType<typeof drafted> | null) => drafts?.map(({ step }) => step.do);

describe("steps of a macro", () => {
  const ended = drafted([{ do: "note", text: "x" }, { do: "vip", level: 2 }, { do: "close" }]);

  it("come before the one that ends it", () => {
    expect(kindsOf(added(ended, "tag"))).toEqual(["note", "vip", "tag", "close"]);
  });

  it("have one end, the one that was chosen last", () => {
    expect(kindsOf(added(ended, "transfer"))).toEqual(["note", "vip", "transfer"]);
  });

  it("keep apart by their keys, whatever was removed", () => {
    const keys = added(ended.slice(1), "tag").map(({ key }) => key);
    expect(new Set(keys).size).toBe(3);
  });

  it("change places, and never with the end", () => {
    expect(kindsOf(moved(ended, 1, 0))).toEqual(["vip", "note", "close"]);
    expect(moved(ended, 1, 2)).toBeNull();
    expect(moved(ended, 2, 1)).toBeNull();
    expect(moved(ended, 0, -1)).toBeNull();
  });

  it("are complete when everything is said", () => {
    expect(ended.every(isComplete)).toBe(true);
    expect(added([], "reply").every(isComplete)).toBe(false);
    expect(added([], "wrap_up").every(isComplete)).toBe(false);
    expect(drafted([{ do: "note", text: " " }]).every(isComplete)).toBe(false);
  });
});
