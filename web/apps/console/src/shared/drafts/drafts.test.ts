import { beforeEach, describe, expect, it, vi } from "vitest";
import { DraftStore } from "./drafts.ts";

describe("DraftStore", () => {
  beforeEach(() => localStorage.clear());

  it("keeps a draft per conversation over a reload", () => {
    new DraftStore("a").set("1", { text: "稍等，我查一下", note: false });
    const reloaded = new DraftStore("a");
    expect(reloaded.get("1").text).toBe("稍等，我查一下");
    expect(reloaded.get("2").text).toBe("");
  });

  it("keeps people's drafts apart", () => {
    new DraftStore("a").set("1", { text: "mine", note: false });
    expect(new DraftStore("b").get("1").text).toBe("");
  });

  it("leaves nothing behind once sent", () => {
    const store = new DraftStore("a");
    store.set("1", { text: "x", note: true });
    store.set("1", { text: "", note: false });
    expect(localStorage.length).toBe(0);
  });

  it("ignores what it cannot read", () => {
    localStorage.setItem("frontdesk.draft.a.1", "{broken");
    expect(new DraftStore("a").get("1").text).toBe("");
  });

  it("tells those who look", () => {
    const store = new DraftStore("a");
    const seen = vi.fn();
    const stop = store.subscribe(seen);
    store.set("1", { text: "x", note: false });
    stop();
    store.set("1", { text: "y", note: false });
    expect(seen).toHaveBeenCalledTimes(1);
  });
});
