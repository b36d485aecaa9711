import type { Storage } from "./storage.ts";

const KEY = "frontdesk.muted";

/** Two soft notes, made on the spot. Silent until the visitor has touched the page, as browsers demand. */
export function createSound(storage: Storage) {
  let context: AudioContext | null = null;

  function unlock(): void {
    try {
      context ??= new AudioContext();
      void context.resume();
    } catch {
      // no sound here
    }
  }
  for (const gesture of ["pointerdown", "keydown"]) {
    window.addEventListener(gesture, unlock, { once: true, passive: true });
  }

  function note(frequency: number, delay: number): void {
    if (!context) return;
    const start = context.currentTime + delay;
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(0.06, start + 0.015);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.3);
    tone.connect(volume).connect(context.destination);
    tone.start(start);
    tone.stop(start + 0.32);
  }

  return {
    get muted() {
      return storage.get(KEY) === "1";
    },
    mute(muted: boolean): void {
      storage.set(KEY, muted ? "1" : null);
    },
    play(): void {
      if (storage.get(KEY) === "1" || context?.state !== "running") return;
      note(660, 0);
      note(880, 0.11);
    },
  };
}
