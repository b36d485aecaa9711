import type { Lent, Told } from "./lender.ts";

async function ask<T>(method: string, { token }: Lent, body?: object): Promise<T> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const sent = body ? { body: JSON.stringify(body) } : {};
  const answer = await fetch("/v1/push", { method, headers, credentials: "omit", ...sent });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return answer.json();
}

function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

function active(registration: ServiceWorkerRegistration): Promise<unknown> {
  const coming = registration.installing ?? registration.waiting;
  if (registration.active || !coming) return Promise.resolve();
  return new Promise((resolve) => {
    coming.addEventListener("statechange", () => coming.state === "activated" && resolve(null));
  });
}

/** One for each channel and site: each is a subscription of its own, and knows where it leads. */
export function scopeOf(channel: string, to: string): string {
  const { host } = new URL(to);
  return new URL(`told/${encodeURIComponent(channel)}/${host}/`, location.href).href;
}

/** Has the browser's push service bring notifications here, and tells the server where to send them. */
export async function subscribe(lent: Lent, channel: string, language: string): Promise<Told> {
  const { public_key } = await ask<{ public_key: string }>("GET", lent);
  const scope = scopeOf(channel, lent.to);
  await (await caches.open("told")).put(scope, new Response(lent.to));
  const registration = await navigator.serviceWorker.register("worker.js", { scope });
  await active(registration);
  const { pushManager } = registration;
  await (await pushManager.getSubscription())?.unsubscribe();
  const held = await pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytes(public_key),
  });
  const { endpoint = "", keys: { p256dh = "", auth = "" } = {} } = held.toJSON();
  const told = { endpoint, p256dh, auth, language };
  await ask("PUT", lent, told);
  return told;
}
