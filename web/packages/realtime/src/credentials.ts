import type { Token } from "./api.ts";

/** Shorter than this and a token is not worth beginning a connection with. */
const MIN_LIFE_MS = 30_000;
/** An answer that has not come by then will not; another request may fare better. */
const ANSWER_MS = 25_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface CredentialsDeps {
  fetchToken(): Promise<Token>;
  /** The server's clock, in which tokens expire. */
  readonly now: () => number;
  readonly random: () => number;
}

export interface Credentials {
  /** The token for the next connection; fetched only if the last one is refused or nearly expired. */
  get(): Promise<string>;
  readonly current: string;
  /** The server refused it: the next `get` fetches another. */
  refuse(): void;
  /** Fetches a new one ahead of each expiry until `stop`; `failed` decides what a failure means, then it is tried again. */
  keepFresh(renewed: (token: string) => void, failed: (error: unknown) => void): void;
  stop(): void;
}

export function isFinal(error: unknown): boolean {
  return typeof error === "object" && error !== null && "final" in error && error.final === true;
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer to the request for a token")), ANSWER_MS);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

export function credentials({ fetchToken, now, random }: CredentialsDeps): Credentials {
  let held: Token | undefined;
  let fetching: Promise<Token> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function renew(): Promise<Token> {
    fetching ??= inTime(fetchToken()).finally(() => {
      fetching = undefined;
    });
    held = await fetching;
    return held;
  }

  /** A minute or two before the end; halfway there if its whole life is short. */
  function lead(left: number): number {
    return left > 240_000 ? left - 60_000 * (1 + random()) : Math.max(5000, left / 2);
  }

  function keepFresh(renewed: (token: string) => void, failed: (error: unknown) => void): void {
    clearTimeout(timer);
    const wait = lead((held?.expires_at ?? 0) - now());
    timer = setTimeout(
      async () => {
        if (wait <= LONGEST_TIMER_MS) {
          const mine = timer;
          try {
            const { token } = await renew();
            if (mine === timer) renewed(token);
          } catch (error) {
            if (mine === timer) failed(error);
          }
          if (mine !== timer) return;
        }
        keepFresh(renewed, failed);
      },
      Math.min(wait, LONGEST_TIMER_MS),
    );
  }

  return {
    async get() {
      const usable = held && held.expires_at - now() > MIN_LIFE_MS;
      return (usable && held ? held : await renew()).token;
    },
    get current() {
      return held?.token ?? "";
    },
    refuse() {
      held = undefined;
    },
    keepFresh,
    stop() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
