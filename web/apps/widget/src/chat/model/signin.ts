import { ApiError } from "./api.ts";
import type { SessionAnswer } from "./look.ts";

export type Refusal = "channel" | "access";

/** Asks until it is answered: only a real refusal ends it, never a bad network. */
export async function signIn(
  ask: () => Promise<SessionAnswer>,
  failed: () => void,
): Promise<SessionAnswer | Refusal> {
  for (let tries = 0; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof ApiError && !error.passing) {
        return error.error.kind === "forbidden" ? "access" : "channel";
      }
      failed();
      await new Promise<void>((resolve) => {
        setTimeout(resolve, Math.min(15_000, 500 * 2 ** tries) * (0.5 + Math.random() / 2));
        window.addEventListener("online", () => resolve(), { once: true });
      });
    }
  }
}

/** Whether the server, which has let go of us, would not let us in again. */
export async function isKeptOut(ask: () => Promise<unknown>): Promise<boolean> {
  try {
    await ask();
    return false;
  } catch (error) {
    return error instanceof ApiError && error.error.kind === "forbidden";
  }
}
