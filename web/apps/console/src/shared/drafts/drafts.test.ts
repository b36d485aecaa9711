import { ApiError } from "@frontdesk/api";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DraftStore } from "./drafts.ts";
import { adopt, type Keep, savesDrafts } from "./saving.ts";

const kept = (text: string, written_at: number) => ({
  conversation: "1",
  text,
  note: false,
  quotes: null,
  written_at,
});

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

  it("leaves nothing behind once sent and known to the server, and remembers it until then", () => {
    const store = new DraftStore("a");
    store.set("1", { text: "x", note: true });
    store.set("1", { text: "", note: false });
    const [ended] = new DraftStore("a").unsaved();
    expect(ended?.draft.text).toBe("");
    for (const each of store.unsaved()) store.saved(each, 7);
    expect(localStorage.length).toBe(0);
  });

  it("ignores what it cannot read", () => {
    localStorage.setItem("frontdesk.draft.a.1", "{broken");
    expect(new DraftStore("a").get("1").text).toBe("");
  });

  it("takes another device's draft when it is newer, and not while it has its own to save", () => {
    const store = new DraftStore("a");
    adopt(store, kept("from the phone", 10));
    expect(store.get("1").text).toBe("from the phone");
    adopt(store, kept("older", 9));
    expect(store.get("1").text).toBe("from the phone");
    store.set("1", { text: "mine", note: false });
    adopt(store, kept("newer", 11));
    expect(store.get("1").text).toBe("mine");
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

describe("saving drafts", () => {
  beforeEach(() => {
    localStorage.clear();
    vi.useFakeTimers();
  });
  afterEach(() => vi.useRealTimers());

  it("saves once in a pause of typing, and at once what was sent", async () => {
    const store = new DraftStore("a");
    const keep = vi.fn<Keep>(async (_, { text }) => ({ draft: kept(text, 5), kept: true }));
    const saving = savesDrafts(store, "me", keep);
    for (const text of ["h", "he", "hey"]) store.set("1", { text, note: false });
    expect(keep).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1500);
    expect(keep.mock.calls.map(([, { text }]) => text)).toEqual(["hey"]);
    store.set("1", { text: "", note: false });
    await vi.advanceTimersByTimeAsync(0);
    expect(keep).toHaveBeenCalledTimes(2);
    expect(store.unsaved()).toEqual([]);
    saving.stop();
  });

  it("tries again when the line is back, and gives the words' age", async () => {
    const store = new DraftStore("a");
    const keep = vi.fn<Keep>().mockRejectedValueOnce(new Error("offline"));
    keep.mockImplementation(async (_, { text }) => ({ draft: kept(text, 5), kept: true }));
    const saving = savesDrafts(store, "me", keep);
    store.set("1", { text: "later", note: false });
    await vi.advanceTimersByTimeAsync(1500);
    expect(store.unsaved()).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(60_000);
    saving.again();
    await vi.advanceTimersByTimeAsync(0);
    expect(store.unsaved()).toEqual([]);
    expect(keep.mock.calls[1]?.[1].age).toBe(61_500);
    saving.stop();
  });

  it("takes what stands when another device wrote later", async () => {
    const store = new DraftStore("a");
    const saving = savesDrafts(store, "me", async () => ({
      draft: kept("theirs", 9),
      kept: false,
    }));
    store.set("1", { text: "mine", note: false });
    await vi.advanceTimersByTimeAsync(1500);
    expect(store.get("1").text).toBe("theirs");
    saving.stop();
  });

  it("keeps here what the server will not take, and does not ask for ever", async () => {
    const store = new DraftStore("a");
    const refusal = new ApiError(404, { kind: "not_found", code: "x", message: "x", hint: "" });
    const keep = vi.fn<Keep>().mockRejectedValue(refusal);
    const saving = savesDrafts(store, "me", keep);
    store.set("1", { text: "mine", note: false });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(keep).toHaveBeenCalledTimes(1);
    expect(store.get("1").text).toBe("mine");
    saving.stop();
  });
});
