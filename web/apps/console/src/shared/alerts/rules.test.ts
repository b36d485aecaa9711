import { afterEach, describe, expect, it } from "vitest";
import { changeRules, parse, rules, usual } from "./rules.ts";

describe("how a device tells", () => {
  afterEach(() => {
    rules.set(usual);
    localStorage.clear();
  });

  it("is kept, and is the same after a reload", () => {
    changeRules({ volume: 0.2, ways: { ...usual.ways, alarm: "repeated" } });
    const kept = parse(localStorage.getItem("frontdesk.sound"));
    expect(kept).toEqual(rules.get());
    expect(kept.ways.alarm).toBe("repeated");
  });

  it("stays silent where sound was switched off before there were rules", () => {
    expect(parse("off")).toEqual({ ...usual, sound: false });
  });

  it("is the usual one where nothing, or nothing sensible, was kept", () => {
    const odd = { volume: 7, ways: { alarm: "louder", advert: "once" } };
    for (const kept of [null, "", "{", "null", "7", JSON.stringify(odd)]) {
      expect(parse(kept)).toEqual(usual);
    }
  });

  it("follows what was chosen in another page of this browser", () => {
    const newValue = JSON.stringify({ ...usual, sound: false });
    dispatchEvent(new StorageEvent("storage", { key: "frontdesk.sound", newValue }));
    expect(rules.get().sound).toBe(false);
  });
});
