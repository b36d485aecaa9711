import { storage } from "../storage.ts";
import { createStore, useStore } from "../store.ts";

const key = "frontdesk.sound";
const sound = createStore(storage.read(key) !== "off");
let audio: AudioContext | null = null;

export const useSound = () => useStore(sound);

export function setSound(on: boolean): void {
  sound.set(on);
  storage.write(key, on ? null : "off");
  if (on) chime("message");
}

/** Browsers let a page make a sound only after somebody has touched it. */
export function unlockSound(): () => void {
  const unlock = () => {
    audio ??= new AudioContext();
    if (audio.state === "suspended") void audio.resume();
  };
  const events = ["pointerdown", "keydown"] as const;
  for (const event of events) addEventListener(event, unlock, { passive: true });
  return () => {
    for (const event of events) removeEventListener(event, unlock);
  };
}

const tunes = {
  message: [[784, 0]],
  conversation: [
    [659, 0],
    [880, 0.14],
  ],
} as const;

/** Short and soft: a bell partial with a quick fade, no file to load. */
export function chime(tune: keyof typeof tunes): void {
  if (!sound.get() || audio?.state !== "running") return;
  for (const [frequency, delay] of tunes[tune]) {
    const start = audio.currentTime + delay;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.type = "sine";
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0.0001, start);
    volume.gain.exponentialRampToValueAtTime(0.12, start + 0.015);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.5);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 0.55);
  }
}

export type NotificationState = NotificationPermission | "unsupported";

const permission = createStore<NotificationState>(
  "Notification" in globalThis ? Notification.permission : "unsupported",
);
export const useNotificationPermission = () => useStore(permission);

export async function askForNotifications(): Promise<void> {
  if (permission.get() === "default") permission.set(await Notification.requestPermission());
}

/** Whether a sound would be heard now: it is on, and the browser lets it through. */
export const soundPlays = () => sound.get() && audio?.state === "running";

/** Shows one although the page is in sight; says whether the browser did. */
export function testNotification(title: string, body: string): Promise<boolean> {
  return new Promise((resolve) => {
    try {
      const shown = new Notification(title, { body, tag: "frontdesk-test" });
      shown.onshow = () => resolve(true);
      shown.onerror = () => resolve(false);
      setTimeout(() => resolve(false), 5000);
    } catch {
      resolve(false);
    }
  });
}

let push: ServiceWorkerRegistration | null = null;

/** Where push is on, pages notify by its worker: what push brings of the same conversation takes the place of theirs. */
export function notifyThrough(registration: ServiceWorkerRegistration | null): void {
  push = registration;
}

/** Only while the page is out of sight; a click brings it back. */
export function desktopNotification(title: string, body: string, tag: string, open: () => void) {
  if (permission.get() !== "granted" || !document.hidden) return;
  if (push) {
    void push.showNotification(title, { body, tag, silent: true, data: { conversation: tag } });
    return;
  }
  const shown = new Notification(title, { body, tag, silent: true });
  shown.onclick = () => {
    focus();
    open();
    shown.close();
  };
}
