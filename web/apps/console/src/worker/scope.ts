/** What of a service worker's surroundings is used; the page's own types know nothing of it. */

export interface Page {
  readonly url: string;
  focus(): Promise<unknown>;
  postMessage(message: unknown): void;
}

export interface Happening {
  waitUntil(work: Promise<unknown>): void;
}

export interface PushHappening extends Happening {
  readonly data: { json(): unknown } | null;
}

export interface ClickHappening extends Happening {
  readonly notification: { readonly data: unknown; close(): void };
}

export interface Scope {
  readonly registration: {
    readonly scope: string;
    showNotification(title: string, options: NotificationOptions): Promise<void>;
  };
  readonly clients: {
    matchAll(options: { type: "window"; includeUncontrolled: true }): Promise<readonly Page[]>;
    openWindow(url: string): Promise<unknown>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(kind: "install", listener: () => void): void;
  addEventListener(kind: "push", listener: (event: PushHappening) => void): void;
  addEventListener(kind: "notificationclick", listener: (event: ClickHappening) => void): void;
}
