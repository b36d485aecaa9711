/**
 * Runs when a push message comes, also while no page is open: shows it, and a click leads to the conversation. It keeps no copy of
 * the console and answers no requests.
 */
import { notification, read, type Word } from "./content.ts";
import type { Page, Scope } from "./scope.ts";

const scope = self as unknown as Scope;

/** The open pages of the console, the one looked at last first. */
async function pages(): Promise<readonly Page[]> {
  const all = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  return all.filter(({ url }) => url.startsWith(scope.registration.scope));
}

async function show(json: unknown): Promise<void> {
  const content = read(json);
  if (!content) return;
  await scope.registration.showNotification(...notification(content));
  const word: Word = { from: "push", arrived: content.kind };
  for (const page of await pages()) page.postMessage(word);
}

async function open(conversation: string): Promise<void> {
  const [page] = await pages();
  if (!page) {
    await scope.clients.openWindow(`${scope.registration.scope}inbox/${conversation}`);
    return;
  }
  const word: Word = { from: "push", open: conversation };
  if (conversation) page.postMessage(word);
  await page.focus();
}

scope.addEventListener("install", () => void scope.skipWaiting());
scope.addEventListener("push", (event) => event.waitUntil(show(event.data?.json())));
scope.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { conversation = "" } = (event.notification.data ?? {}) as { conversation?: string };
  event.waitUntil(open(conversation));
});
