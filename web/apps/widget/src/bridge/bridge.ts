/** The messages between a customer's page (loader) and the chat inside the frame. */
export interface Page {
  url: string;
  title: string;
  referrer: string;
}

export type ToChat =
  /** `quietly`: nobody has asked for it, so the focus stays where it is. */
  | { type: "open" | "close"; quietly?: boolean }
  /** Where the visitor is; and, each time the chat has loaded, who they are and what was kept for it. */
  | { type: "page"; page: Page; identity?: string; kept?: string }
  | { type: "identify"; identity: string }
  /** What the page says of the visitor; for the desk to read, and for nothing else. */
  | { type: "set"; attributes: object }
  | { type: "logout" };

export type ToLoader =
  | { type: "ready" }
  | { type: "close" }
  /** `label` says it in words, behind those of the button. */
  | { type: "unread"; count: number; label: string }
  | { type: "look"; color: string }
  | { type: "message"; id: string; from: "agent" | "bot"; at: number }
  | { type: "refused"; code: string; message: string }
  /** Everything about the visitor is gone; the chat begins anew. */
  | { type: "left" }
  /** For the page to keep, where the browser lets the chat keep nothing itself. */
  | { type: "keep"; key: string; value: string | null };

/** A message as it came: what it carries is still to be looked at. */
export interface Received {
  readonly type: string;
  readonly page?: unknown;
  readonly identity?: unknown;
  readonly kept?: unknown;
  readonly attributes?: unknown;
  readonly quietly?: unknown;
  readonly count?: unknown;
  readonly label?: unknown;
  readonly color?: unknown;
  readonly id?: unknown;
  readonly from?: unknown;
  readonly at?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly key?: unknown;
  readonly value?: unknown;
}

/** Sends to exactly one window of exactly one origin; never to "*". */
export function post(target: Window, origin: string, message: ToChat | ToLoader): void {
  target.postMessage({ frontdesk: 1, ...message }, origin);
}

/** The message of an event, or null when it is not from that window, that origin, or not ours. */
export function accept(
  event: Pick<MessageEvent, "source" | "origin" | "data">,
  source: MessageEventSource | null | undefined,
  origin: string,
): Received | null {
  if (!source || event.source !== source || event.origin !== origin) return null;
  // without a prototype: a page may have put anything on Object's. What is no object has no such fields either
  const message: Partial<Received> & { frontdesk?: unknown } = {
    __proto__: null,
    ...event.data,
  };
  if (message.frontdesk !== 1 || typeof message.type !== "string") return null;
  return message as Received;
}
