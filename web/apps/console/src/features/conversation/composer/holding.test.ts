import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Held, held, hold, release, takeBack } from "./holding.ts";

const left: string[] = [];
const message = (text: string, seconds = 5): Held => ({
  draft: { text, note: false },
  media: [],
  card: null,
  until: Date.now() + seconds * 1000,
  leave: () => left.push(text),
});

describe("a message that can be taken back", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    left.length = 0;
  });
  afterEach(() => {
    for (const one of held.get().keys()) takeBack(one);
    vi.useRealTimers();
  });

  it("leaves by itself when its time is over, once", () => {
    hold("c1", message("a"));
    vi.advanceTimersByTime(4999);
    expect(left).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(left).toEqual(["a"]);
    release("c1");
    expect(left).toEqual(["a"]);
    expect(held.get().size).toBe(0);
  });

  it("does not leave once it was taken back", () => {
    hold("c1", message("a"));
    expect(takeBack("c1")?.draft.text).toBe("a");
    vi.advanceTimersByTime(60_000);
    expect(left).toEqual([]);
    expect(takeBack("c1")).toBeUndefined();
  });

  it("leaves before the next one of its conversation, and waits for none of another", () => {
    hold("c1", message("a"));
    hold("c2", message("b", 9));
    hold("c1", message("c"));
    expect(left).toEqual(["a"]);
    vi.advanceTimersByTime(5000);
    expect(left).toEqual(["a", "c"]);
    expect([...held.get().keys()]).toEqual(["c2"]);
  });

  it("leaves when the page goes away", () => {
    hold("c1", message("a"));
    dispatchEvent(new Event("pagehide"));
    expect(left).toEqual(["a"]);
  });
});
