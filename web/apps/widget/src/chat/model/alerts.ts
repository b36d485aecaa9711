import type { Entry } from "@frontdesk/realtime";
import type { createSound } from "./sound.ts";
import { isTheirs } from "./timeline.ts";

const FRESH = 15_000;
const PAUSE = 2_000;

/**
 * Whether an entry deserves to be heard. What is old (the line was away, and catches up) is silent. A person is always
 * heard, a bot only when nobody looks: it answers what was asked a moment ago. The end of waiting is heard, too.
 */
export function isHeard(entry: Entry, situation: { watching: boolean; now: number }): boolean {
  if (situation.now - entry.at > FRESH) return false;
  if (entry.kind === "assigned") return entry.body.agent.kind === "human" && !situation.watching;
  if (!isTheirs(entry) || entry.recalled) return false;
  return entry.sender.kind === "agent" || !situation.watching;
}

/** The sound, and a short buzz on what is held in the hand; several at once are one. */
export function createAlerts(sound: ReturnType<typeof createSound>) {
  let last = Number.NEGATIVE_INFINITY;
  return (entry: Entry, situation: { watching: boolean; now: number }): void => {
    if (sound.muted || !isHeard(entry, situation) || situation.now - last < PAUSE) return;
    last = situation.now;
    sound.play();
    // a browser does nothing before the visitor has touched the page, and nothing where there is no motor
    if (!situation.watching && matchMedia("(pointer: coarse)").matches) navigator.vibrate?.(80);
  };
}
