import type { ClientFrame, HelloFrame, ServerFrame } from "./frames.ts";

/**
 * A way to the server and back. Frames leave in the order of `send` and arrive in the order of the server, or the
 * transport ends: it never skips one. Nothing is told after `closed`, which comes once, nor after `close`.
 */
export interface Transport {
  send(frame: ClientFrame): void;
  close(): void;
}

export interface TransportEvents {
  frame(frame: ServerFrame): void;
  /** Something arrived that is not a frame but shows that the server is there. */
  alive(): void;
  /** `code` is a WebSocket close code, whatever the transport. */
  closed(code: number, retryAfter?: number): void;
}

export type OpenTransport = (hello: HelloFrame, events: TransportEvents) => Transport;

/** Lost without the server saying why. */
export const LOST = 1006;
