import { beforeEach, describe, expect, it, vi } from "vitest";
import { changeRules, rules, usual, type Way } from "./rules.ts";
import { tellNow } from "./telling.ts";

const heard = vi.hoisted(() => ({ play: vi.fn(), ring: vi.fn(), notify: vi.fn(), speaks: true }));
const sight = vi.hoisted(() => ({ seen: false, any: false }));
vi.mock("./sound.ts", () => ({ play: heard.play, isSpeaking: () => heard.speaks }));
vi.mock("./ringing.ts", () => ({ ring: heard.ring }));
vi.mock("./desktop.ts", () => ({ notifyOnDesktop: heard.notify }));
vi.mock("./sight.ts", () => ({
  isSeen: async () => sight.seen,
  isAnyInSight: async () => sight.any,
}));

const news = { kind: "alarm", conversation: "c", tag: "c", title: "", body: "" } as const;
const tell = (way: Way) => {
  changeRules({ ways: { ...usual.ways, alarm: way } });
  return tellNow({ ...news, open: () => {} });
};
const calls = () => [heard.notify, heard.play, heard.ring].map((each) => each.mock.calls.length);

beforeEach(() => {
  vi.clearAllMocks();
  rules.set(usual);
  Object.assign(heard, { speaks: true });
  Object.assign(sight, { seen: false, any: false });
});

describe("telling", () => {
  it.each([
    ["off", [0, 0, 0]],
    ["shown", [1, 0, 0]],
    ["once", [1, 1, 0]],
    ["repeated", [1, 1, 1]],
  ] as const)("is by the way that was chosen: %s", async (way, expected) => {
    await tell(way);
    expect(calls()).toEqual(expected);
  });

  it("is silent about what is looked at, and shows nothing while any page is in sight", async () => {
    Object.assign(sight, { seen: true, any: true });
    await tell("repeated");
    expect(calls()).toEqual([0, 0, 0]);
  });

  it("leaves the sound to the page that speaks", async () => {
    heard.speaks = false;
    await tell("repeated");
    expect(calls()).toEqual([1, 0, 0]);
  });
});
