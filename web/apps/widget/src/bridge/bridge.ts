/** The messages between a customer's page (loader) and the chat inside the frame. */
export interface Page {
  url: string;
  title: string;
  referrer: string;
}

export type ToChat = { type: "open" } | { type: "close" } | { type: "page"; page: Page };

export type ToLoader =
  | { type: "ready" }
  | { type: "close" }
  | { type: "unread"; count: number }
  | { type: "look"; color: string };

/** A message as it came: what it carries is still to be looked at. */
export interface Received {
  readonly type: string;
  readonly page?: unknown;
  readonly count?: unknown;
  readonly color?: unknown;
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
  const data: unknown = event.data;
  if (typeof data !== "object" || data === null) return null;
  const message = data as Partial<Received> & { frontdesk?: unknown };
  if (message.frontdesk !== 1 || typeof message.type !== "string") return null;
  return message as Received;
}
