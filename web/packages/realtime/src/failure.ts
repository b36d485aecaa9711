import type { ErrorKind, WireError } from "./frames.ts";

/** A request that did not succeed, in the wire's terms whether the server or the connection said so. */
export class RealtimeError extends Error {
  readonly error: WireError;

  constructor(error: WireError) {
    super(error.message);
    this.error = error;
  }
}

export function failure(kind: ErrorKind, code: string, message: string, hint = ""): WireError {
  return { kind, code: `realtime.${code}`, message, hint };
}

/** Whether trying the same thing again later may succeed. */
export function isPassing({ kind }: WireError): boolean {
  return kind === "busy" || kind === "unavailable" || kind === "unauthenticated";
}
