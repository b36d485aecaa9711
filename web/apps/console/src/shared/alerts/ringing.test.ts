import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { hush, listenForTouch, ring } from "./ringing.ts";

const play = vi.fn();
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  play.mockReset();
  stop = listenForTouch();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

describe("a sound until seen", () => {
  it("comes again every twenty seconds until somebody touches the page", () => {
    ring("a", play);
    vi.advanceTimersByTime(61_000);
    expect(play).toHaveBeenCalledTimes(3);
    dispatchEvent(new Event("pointerdown"));
    vi.advanceTimersByTime(60_000);
    expect(play).toHaveBeenCalledTimes(3);
  });

  it("ends after ten minutes though nobody comes", () => {
    ring("a", play);
    vi.advanceTimersByTime(3_600_000);
    expect(play).toHaveBeenCalledTimes(30);
  });

  it("ends when what it is about is over, and not when something else is", () => {
    ring("a", play);
    hush("b");
    vi.advanceTimersByTime(20_000);
    hush("a");
    vi.advanceTimersByTime(60_000);
    expect(play).toHaveBeenCalledTimes(1);
  });

  it("ends when somebody touches another page of the desk", async () => {
    vi.useRealTimers();
    const other = new BroadcastChannel("frontdesk.touched");
    const heard = new Promise((resolve) => other.addEventListener("message", resolve));
    dispatchEvent(new Event("keydown"));
    await heard;
    other.close();
  });
});
