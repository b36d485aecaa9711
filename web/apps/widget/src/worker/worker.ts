/**
 * Runs when a push message comes for a visitor, also while no page is open: shows it, and a click leads to where the chat was. It
 * keeps no copy of anything and answers no requests.
 */
import { notification, read } from "./content.ts";

interface Happening {
  waitUntil(work: Promise<unknown>): void;
}

/** What of a service worker's surroundings is used; the page's own types know nothing of it. */
interface Scope {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    matchAll(options: {
      type: "window";
      includeUncontrolled: true;
    }): Promise<readonly { readonly url: string; focus(): Promise<unknown> }[]>;
    openWindow(url: string): Promise<unknown>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(kind: "install", listener: () => void): void;
  addEventListener(
    kind: "push",
    listener: (event: Happening & { readonly data: { json(): unknown } | null }) => void,
  ): void;
  addEventListener(
    kind: "notificationclick",
    listener: (event: Happening & { readonly notification: { close(): void } }) => void,
  ): void;
}

const scope = self as unknown as Scope;
const withoutHash = (url: string) => url.split("#")[0];

async function show(json: unknown): Promise<void> {
  const content = read(json);
  if (content) await scope.registration.showNotification(...notification(content));
}

/** The chat on its own is brought to the front; a page around one has it opened by the loader. */
async function open(): Promise<void> {
  const kept = await (await caches.open("told")).match(scope.registration.scope);
  const to = await kept?.text();
  if (!to || !/^https?:/.test(to)) return;
  const pages = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = pages.find(({ url }) => withoutHash(url) === withoutHash(to));
  await (there ? there.focus() : scope.clients.openWindow(to));
}

scope.addEventListener("install", () => void scope.skipWaiting());
scope.addEventListener("push", (event) => event.waitUntil(show(event.data?.json())));
scope.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open());
});
