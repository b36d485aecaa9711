/**
 * Where a connection stands.
 *
 * ```
 *            start                  welcome            ready
 *  stopped ────────▶ connecting ────────────▶ syncing ───────▶ online
 *     ▲                ▲    │                    │                │
 *     │         timer, │    │ failed             │ lost           │ lost
 *     │         wake   │    ▼                    ▼                ▼
 *     │              waiting ◀────────────────────────────────────┘
 *     │                ▲    │ the browser says there is no network
 *     │       network  │    ▼
 *     │              offline
 *     │
 *     └── from anywhere: stop(), bye{reconnect: false}, 4403, a second 4400, a fourth 4409, a final token failure
 * ```
 * Only `stopped` needs somebody to act; every other phase leads on by itself.
 */
export interface ConnectionStatus {
  readonly phase: "connecting" | "syncing" | "online" | "waiting" | "offline" | "stopped";
  readonly transport: "websocket" | "sse";
  /** When the next attempt begins; only while waiting or offline. */
  readonly retry_at?: number;
  /** Why it is not online, for a person or a log. */
  readonly reason?: string;
}
