import { type Kind, rules } from "./rules.ts";
import { hold } from "./sight.ts";

let audio: AudioContext | null = null;
let speaks = false;
let letGo: (() => void) | null = null;

/** Of all pages that can be heard, one speaks; when it is closed, the next. */
function takeTurn(): void {
  const running = audio?.state === "running";
  if (running && !letGo) {
    letGo = hold("frontdesk.sound", "exclusive", () => {
      speaks = true;
    });
  } else if (!running) {
    leaveTurn();
  }
}

function leaveTurn(): void {
  speaks = false;
  letGo?.();
  letGo = null;
}

function unlock(): void {
  if (!audio) {
    audio = new AudioContext();
    audio.onstatechange = takeTurn;
  }
  if (audio.state === "suspended") void audio.resume();
  takeTurn();
}

/** Browsers let a page make a sound only after somebody has touched it. */
export function unlockSound(): () => void {
  const events = ["pointerdown", "keydown"] as const;
  for (const event of events) addEventListener(event, unlock, { passive: true });
  if (navigator.userActivation?.hasBeenActive) unlock();
  return () => {
    for (const event of events) removeEventListener(event, unlock);
    leaveTurn();
  };
}

/** By kind: frequency in Hz, and after how many seconds. Each is to be told from the others without looking. */
const tunes: Readonly<Record<Kind, readonly (readonly [number, number])[]>> = {
  message: [[784, 0]],
  conversation: [
    [659, 0],
    [880, 0.14],
  ],
  mention: [
    [988, 0],
    [988, 0.12],
  ],
  waiting: [
    [523, 0],
    [659, 0.12],
    [784, 0.24],
  ],
  alarm: [
    [880, 0],
    [622, 0.16],
    [880, 0.32],
    [622, 0.48],
  ],
  answer: [
    [880, 0],
    [659, 0.14],
  ],
};
const loudest = 0.24;

/** Short and soft: a bell partial with a quick fade, no file to load. */
export function play(kind: Kind): void {
  const { sound, volume } = rules.get();
  if (!sound || volume === 0 || audio?.state !== "running") return;
  for (const [frequency, delay] of tunes[kind]) {
    const start = audio.currentTime + delay;
    const tone = audio.createOscillator();
    const gain = audio.createGain();
    tone.type = "sine";
    tone.frequency.value = frequency;
    gain.gain.setValueAtTime(0.0001, start);
    gain.gain.exponentialRampToValueAtTime(loudest * volume, start + 0.015);
    gain.gain.exponentialRampToValueAtTime(0.0001, start + 0.5);
    tone.connect(gain).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 0.55);
  }
}

/** Whether it is this page that tells by sound. */
export const isSpeaking = () => speaks;

/** Whether a sound would be heard now: the browser lets it through. */
export const isHeard = () => audio?.state === "running";
