import type { ConnectionOptions } from "./api.ts";
import { backoff } from "./backoff.ts";
import { type Credentials, isFinal } from "./credentials.ts";
import type { ClientFrame, HelloFrame, ServerFrame } from "./frames.ts";
import { type Ending, type Link, openLink } from "./link.ts";
import { sseTransport } from "./sse.ts";
import type { ConnectionStatus } from "./status.ts";
import { isRefusedToken, isRejection, isServersWord, judge, noStrikes } from "./verdict.ts";
import { webSocketTransport } from "./websocket.ts";

/** A connection that lasted this long was a good one: the next loss starts counting anew. */
const SETTLED_MS = 10_000;
/** How often to ask whether there is a network again, should nobody tell. */
const OFFLINE_MS = 15_000;
/** Failures of the WebSocket in a row, without a welcome, after which the fallback is tried. */
const WEBSOCKET_FAILURES = 2;

export interface LineDeps {
  readonly options: ConnectionOptions;
  readonly credentials: Credentials;
  readonly random: () => number;
  readonly now: () => number;
  hello(token: string): HelloFrame;
  frame(frame: ServerFrame): void;
  /** The link is gone; `rejected` when the server closed it because of something it was sent. */
  lost(rejected: boolean): void;
  changed(): void;
}

export interface Line {
  readonly status: ConnectionStatus;
  start(): void;
  stop(reason?: string): void;
  reconnectNow(): void;
  /** Makes sure that an open link is alive, and hurries a waiting one. */
  probe(): void;
  /** Starts over from hello, because something is missing that only a resumption brings. */
  resync(): void;
  send(frame: ClientFrame): void;
}

/** Keeps a link open for as long as that makes sense; the phases are drawn beside `ConnectionStatus`. */
export function line(deps: LineDeps): Line {
  const { options, credentials, random, now } = deps;
  const Socket = options.WebSocket ?? globalThis.WebSocket;
  const fetcher = options.fetch ?? ((...call: Parameters<typeof fetch>) => fetch(...call));
  const isConnected = options.online ?? (() => globalThis.navigator?.onLine !== false);

  let strikes = noStrikes();
  let failures = 0;
  let status: ConnectionStatus = { phase: "stopped", transport: "websocket" };
  let link: Link | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onlineAt = 0;
  /** Counts attempts, so that an answer to an earlier one is recognised as late. */
  let round = 0;

  function enter(phase: ConnectionStatus["phase"], more: Partial<ConnectionStatus> = {}): void {
    const overWebSocket = Socket && failures < WEBSOCKET_FAILURES;
    status = { phase, transport: overWebSocket ? "websocket" : "sse", ...more };
    deps.changed();
  }

  function leave(): void {
    round++;
    clearTimeout(timer);
    credentials.stop();
    const had = link;
    link = undefined;
    had?.close();
  }

  function stop(reason?: string): void {
    const had = link;
    leave();
    enter("stopped", reason === undefined ? {} : { reason });
    if (had) deps.lost(false);
  }

  function wait(ms: number, reason: string): void {
    leave();
    const delay = isConnected() ? ms : OFFLINE_MS;
    timer = setTimeout(connect, delay);
    enter(isConnected() ? "waiting" : "offline", { retry_at: now() + delay, reason });
  }

  function failedToken(error: unknown): void {
    const reason = error instanceof Error && error.message ? error.message : "no token";
    if (isFinal(error)) stop(reason);
    else if (!link) wait(backoff(strikes.attempts++, random), reason);
  }

  async function connect(): Promise<void> {
    if (!isConnected()) {
      wait(OFFLINE_MS, "no network");
      return;
    }
    leave();
    const mine = round;
    enter("connecting");
    let token: string;
    try {
      token = await credentials.get();
    } catch (error) {
      if (mine === round) failedToken(error);
      return;
    }
    if (mine !== round) return;
    const open =
      status.transport === "websocket"
        ? webSocketTransport(options.url, Socket)
        : sseTransport(options.url, fetcher, () => credentials.current);
    link = openLink(open, deps.hello(token), { frame, ended });
  }

  function frame(received: ServerFrame): void {
    if (received.t === "welcome") {
      if (status.transport === "websocket") failures = 0;
      enter("syncing");
    } else if (received.t === "ready") {
      onlineAt = performance.now();
      credentials.keepFresh((token) => link?.send({ t: "token", token }), failedToken);
      enter("online");
    }
    deps.frame(received);
  }

  function countFailure({ welcomed, code }: Ending): void {
    if (welcomed || isServersWord(code)) return;
    if (status.transport === "websocket") failures++;
    // Neither works: the server may be down, and either may be the first to come back.
    else failures = WEBSOCKET_FAILURES - 1;
  }

  function ended(ending: Ending): void {
    if (status.phase === "online" && performance.now() - onlineAt >= SETTLED_MS) {
      strikes = noStrikes();
    }
    countFailure(ending);
    if (isRefusedToken(ending)) credentials.refuse();
    const verdict = judge(ending, strikes, random);
    link = undefined;
    if ("stop" in verdict) stop(verdict.stop);
    else wait(verdict.wait, ending.reason);
    deps.lost(isRejection(ending));
  }

  function reconnectNow(): void {
    if (link || status.phase === "connecting") return;
    strikes = noStrikes();
    failures = 0;
    void connect();
  }

  return {
    get status() {
      return status;
    },
    start() {
      if (status.phase === "stopped") reconnectNow();
    },
    stop,
    reconnectNow,
    probe() {
      if (link) link.probe();
      else if (status.phase !== "stopped") reconnectNow();
    },
    resync() {
      if (!link) return;
      wait(backoff(strikes.attempts++, random), "out of step");
      deps.lost(false);
    },
    send: (frame) => link?.send(frame),
  };
}
