import type { PushState } from "@frontdesk/api";
import type { Word } from "../../worker/content.ts";
import type { http } from "../session/session.ts";
import type { storage } from "../storage.ts";

/** What the desk lends: it is in the first screen, and this is not. */
export interface Desk {
  readonly http: typeof http;
  readonly storage: typeof storage;
}

const key = "frontdesk.push";

/** Whether this agent has switched push on in this browser, and with which words; null: not. */
export function wish({ storage }: Desk, me: string): { readonly words: boolean } | null {
  const [who, what] = (storage.read(key) ?? "").split(" ");
  return who === me ? { words: what === "words" } : null;
}

export const readPush = ({ http }: Desk) => http<PushState>("GET", "/v1/push");

export const canPush = () =>
  "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis;

function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

const base = import.meta.env.BASE_URL;

/** The worker that shows what comes; made when it is first needed. */
export async function worker(): Promise<ServiceWorkerRegistration> {
  await navigator.serviceWorker.register(`${base}worker.js`, { scope: base });
  return navigator.serviceWorker.ready;
}

function sameKey(held: ArrayBuffer | null, wanted: Uint8Array): boolean {
  const key = new Uint8Array(held ?? []);
  return key.length === wanted.length && wanted.every((byte, index) => key[index] === byte);
}

/** Has the browser's push service bring messages here, and tells the server where to send them. */
export async function switchOn(
  { http, storage }: Desk,
  me: string,
  publicKey: string,
  wanted: { readonly language: string; readonly words: boolean },
): Promise<PushState> {
  const { pushManager } = await worker();
  const ours = bytes(publicKey);
  let held = await pushManager.getSubscription();
  if (held && !sameKey(held.options.applicationServerKey, ours)) {
    await held.unsubscribe();
    held = null;
  }
  held ??= await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: ours });
  const { endpoint, keys } = held.toJSON();
  const body = { endpoint, p256dh: keys?.p256dh, auth: keys?.auth, ...wanted };
  const state = await http<PushState>("PUT", "/v1/push", { body });
  storage.write(key, wanted.words ? `${me} words` : me);
  return state;
}

export async function switchOff({ http, storage }: Desk): Promise<void> {
  storage.write(key, null);
  await http<null>("DELETE", "/v1/push");
  const registration = await navigator.serviceWorker.getRegistration(base);
  const held = await registration?.pushManager.getSubscription();
  await held?.unsubscribe();
}

export function onWord(listener: (word: Word) => void): () => void {
  const hear = ({ data }: MessageEvent) => {
    if (data?.from === "push") listener(data);
  };
  navigator.serviceWorker.addEventListener("message", hear);
  return () => navigator.serviceWorker.removeEventListener("message", hear);
}
