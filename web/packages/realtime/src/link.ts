import type { ClientFrame, HelloFrame, ServerFrame, ServerFrameOf } from "./frames.ts";
import { LOST, type OpenTransport, type Transport } from "./transport.ts";

const HELLO_MS = 10_000;
const PROBE_MS = 5000;

/** Why a link is over. `reconnect` is what the server said, true when it said nothing. */
export interface Ending {
  readonly code: number;
  readonly reason: string;
  readonly reconnect: boolean;
  /** Seconds, as named by the server. */
  readonly retryAfter: number | undefined;
  /** Whether it had been welcomed. */
  readonly welcomed: boolean;
}

export interface Link {
  send(frame: ClientFrame): void;
  close(): void;
  /** Makes sure within seconds that the other end is still there; for when a computer wakes up. */
  probe(): void;
}

export interface LinkEvents {
  frame(frame: ServerFrame): void;
  /** Once, unless `close` came first. */
  ended(ending: Ending): void;
}

/**
 * One transport from hello to its end, kept alive: it pings after a heartbeat in which it sent nothing, gives up after 2.5
 * heartbeats in which it heard nothing or when no welcome comes, and remembers what `bye` said until the close arrives.
 */
export function openLink(open: OpenTransport, hello: HelloFrame, events: LinkEvents): Link {
  const clock = () => performance.now();
  let sent = clock();
  let heard = sent;
  let heartbeat = 0;
  let welcomed = false;
  let over = false;
  let bye: ServerFrameOf<"bye"> | undefined;
  let transport: Transport | undefined;
  let timer = setTimeout(() => end(LOST, "no welcome"), HELLO_MS);
  let probing: ReturnType<typeof setTimeout> | undefined;

  function finish(): boolean {
    if (over) return false;
    over = true;
    clearTimeout(timer);
    clearTimeout(probing);
    transport?.close();
    return true;
  }

  function end(code: number, reason: string, retryAfter?: number): void {
    if (!finish()) return;
    events.ended({
      code: bye?.code ?? code,
      reason: bye?.reason ?? reason,
      reconnect: bye?.reconnect ?? true,
      retryAfter: bye?.retry_after ?? retryAfter,
      welcomed,
    });
  }

  function send(frame: ClientFrame): void {
    if (over) return;
    sent = clock();
    transport?.send(frame);
  }

  function beat(): void {
    const silent = clock() - heard;
    if (silent >= 2.5 * heartbeat) {
      end(LOST, "silence");
      return;
    }
    if (clock() - sent >= heartbeat) send({ t: "ping" });
    const next = Math.min(sent + heartbeat, heard + 2.5 * heartbeat);
    timer = setTimeout(beat, Math.max(10, next - clock()));
  }

  function hear(): void {
    heard = clock();
    clearTimeout(probing);
    probing = undefined;
  }

  function take(frame: ServerFrame): void {
    hear();
    if (frame.t === "welcome") {
      welcomed = true;
      heartbeat = frame.heartbeat * 1000;
      clearTimeout(timer);
      beat();
    } else if (frame.t === "bye") bye = frame;
    events.frame(frame);
  }

  try {
    transport = open(hello, {
      frame: take,
      alive: hear,
      closed: (code, retryAfter) => end(code, `closed ${code}`, retryAfter),
    });
  } catch {
    // The page's policy forbids it; said later, so that the caller has the link before its end.
    queueMicrotask(() => end(LOST, "not allowed to connect"));
  }

  return {
    send,
    close: finish,
    probe() {
      if (!welcomed || probing) return;
      probing = setTimeout(() => end(LOST, "silence"), PROBE_MS);
      send({ t: "ping" });
    },
  };
}
