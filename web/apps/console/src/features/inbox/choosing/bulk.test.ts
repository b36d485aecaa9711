import type { MacroRun, MacroStep } from "@frontdesk/api";
import { describe, expect, it } from "vitest";
import { undoing } from "./bulk.ts";

const tag: MacroStep = { do: "tag", tag_id: "7" };
const ran = (id: string, step: MacroStep, changed: boolean): MacroRun => ({
  conversation_id: id,
  steps: [{ step, outcome: "done", changed, error: null }],
});

describe("taking back", () => {
  it("concerns only those that were changed", () => {
    const runs = [ran("1", tag, true), ran("2", tag, false)];
    expect(undoing({ steps: [tag] }, runs)).toEqual({
      ids: ["1"],
      deed: { steps: [{ do: "untag", tag_id: "7" }] },
    });
  });

  it("wakes what was put aside", () => {
    const snooze: MacroStep = { do: "snooze", for_s: 3600 };
    expect(undoing({ steps: [snooze] }, [ran("1", snooze, true)])?.deed).toEqual({
      steps: [{ do: "wake" }],
    });
  });

  it("is not offered for what cannot be taken back, or changed nothing", () => {
    expect(
      undoing({ steps: [{ do: "close" }] }, [ran("1", { do: "close" }, true)]),
    ).toBeUndefined();
    expect(undoing({ steps: [tag] }, [ran("1", tag, false)])).toBeUndefined();
    expect(undoing({ macro: "5" }, [ran("1", tag, true)])).toBeUndefined();
  });
});
