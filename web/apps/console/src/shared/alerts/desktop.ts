import { createStore, useStore } from "../store.ts";

export type NotificationState = NotificationPermission | "unsupported";

const permission = createStore<NotificationState>(
  "Notification" in globalThis ? Notification.permission : "unsupported",
);
export const useNotificationPermission = () => useStore(permission);

export async function askForNotifications(): Promise<void> {
  if (permission.get() === "default") permission.set(await Notification.requestPermission());
}

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

export interface Notice {
  readonly title: string;
  readonly body: string;
  /** A newer one of the same takes its place. */
  readonly tag: string;
  readonly conversation?: string | undefined;
  readonly open: () => void;
}

/** A click brings the page back, with what it is about. */
export function notifyOnDesktop({ title, body, tag, conversation = "", open }: Notice): void {
  if (permission.get() !== "granted") return;
  if (push) {
    void push.showNotification(title, { body, tag, silent: true, data: { conversation } });
    return;
  }
  const shown = new Notification(title, { body, tag, silent: true });
  shown.onclick = () => {
    focus();
    open();
    shown.close();
  };
}
