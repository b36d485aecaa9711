import type { Entry } from "@frontdesk/realtime";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createAlerts, isHeard } from "./alerts.ts";

const now = 1_800_000_000_000;
const said = (kind: "agent" | "bot" | "visitor", at = now) =>
  ({ kind: "message", at, sender: { kind, id: "1" }, body: { type: "text", text: "x" } }) as Entry;
const assigned = (kind: "human" | "bot") =>
  ({
    kind: "assigned",
    at: now,
    sender: { kind: "system", id: "0" },
    body: { agent: { kind } },
  }) as Entry;

describe("what is heard", () => {
  const cases: [what: string, entry: Entry, watching: boolean, heard: boolean][] = [
    ["a person, while one looks", said("agent"), true, true],
    ["a bot, while one looks", said("bot"), true, false],
    ["a bot, while one looks elsewhere", said("bot"), false, true],
    ["oneself, in another tab", said("visitor"), false, false],
    ["what is only caught up with", said("agent", now - 60_000), false, false],
    ["the end of waiting", assigned("human"), false, true],
    ["the end of waiting, which one sees", assigned("human"), true, false],
    ["a bot that takes over", assigned("bot"), false, false],
  ];
  it.each(cases)("%s", (_, entry, watching, heard) => {
    expect(isHeard(entry, { watching, now })).toBe(heard);
  });
});

describe("alerts", () => {
  afterEach(() => vi.unstubAllGlobals());

  function around(muted: boolean, coarse: boolean) {
    const sound = { muted, mute: vi.fn(), play: vi.fn() };
    const vibrate = vi.fn();
    vi.stubGlobal("matchMedia", () => ({ matches: coarse }));
    vi.stubGlobal("navigator", { vibrate });
    return { alert: createAlerts(sound), sound, vibrate };
  }

  it("are one for several at once, and begin again after a pause", () => {
    const { alert, sound } = around(false, false);
    for (const later of [0, 500, 1_900, 2_500]) {
      alert(said("agent", now + later), { watching: false, now: now + later });
    }
    expect(sound.play).toHaveBeenCalledTimes(2);
  });

  it("buzz only in the hand of somebody who looks elsewhere", () => {
    const phone = around(false, true);
    phone.alert(said("agent"), { watching: true, now });
    expect(phone.vibrate).not.toHaveBeenCalled();
    phone.alert(said("agent"), { watching: false, now: now + 5_000 });
    expect(phone.vibrate).toHaveBeenCalledTimes(1);
  });

  it("are silent and still when muted", () => {
    const { alert, sound, vibrate } = around(true, true);
    alert(said("agent"), { watching: false, now });
    expect([sound.play.mock.calls.length, vibrate.mock.calls.length]).toEqual([0, 0]);
  });
});
