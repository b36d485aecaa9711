import { ApiError, createHttp, type Me, type NextStep, type SignedIn } from "@frontdesk/api";
import { createStore, useStore } from "../store.ts";

export type Session =
  | { readonly phase: "unknown" }
  | { readonly phase: "signed-out"; readonly ended?: true }
  | { readonly phase: "unreachable" }
  | { readonly phase: "signed-in"; readonly me: Me };

interface Access {
  readonly token: string;
  readonly expires_at: number;
}

const session = createStore<Session>({ phase: "unknown" });
/** Kept in memory only: a script that reads the page's storage finds no key to the desk. */
let access: Access | null = null;
/** What the realtime connection was given last. */
let lent: string | null = null;
let renewal: Promise<Access | null> | null = null;

/** Calls of somebody who is not signed in yet. */
export const asStranger = createHttp({ token: async () => null, refused: async () => null });

/** The token and whom it is for; who stays the same is not replaced, so that nothing is drawn again for a renewal. */
export async function enter({ access_token: token, expires_at }: SignedIn): Promise<Access> {
  const known = session.get().phase === "signed-in";
  const own = createHttp({ token: async () => token, refused: async () => null });
  const me = known ? null : await own<Me>("GET", "/v1/me");
  access = { token, expires_at };
  if (me) session.set({ phase: "signed-in", me });
  return access;
}

function leave(): null {
  const was = session.get().phase === "signed-in";
  access = null;
  session.set(was ? { phase: "signed-out", ended: true } : { phase: "signed-out" });
  return null;
}

/** Tabs take turns, because a renewal replaces the cookie the others would send. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (!("locks" in navigator)) return work();
  return navigator.locks.request("frontdesk.refresh", work) as Promise<T>;
}

async function refresh(): Promise<Access | null> {
  try {
    return await enter(await inTurn(() => asStranger<SignedIn>("POST", "/v1/auth/refresh")));
  } catch (error) {
    if (error instanceof ApiError && [400, 401, 403, 404].includes(error.status)) return leave();
    throw error;
  }
}

/** One renewal at a time, however many ask. Null: signed out. Rejects when the server cannot be reached. */
export function renew(): Promise<Access | null> {
  renewal ??= refresh().finally(() => {
    renewal = null;
  });
  return renewal;
}

async function current(): Promise<Access | null> {
  if (access && access.expires_at - Date.now() > 30_000) return access;
  return renew();
}

export const http = createHttp({
  token: async () => (await current())?.token ?? null,
  refused: async () => (await renew())?.token ?? null,
});

export async function accessToken(): Promise<string> {
  return (await current())?.token ?? "";
}

/** For the realtime connection, which asks only when it needs a new one: what it had may be refused before its time. */
export async function realtimeToken(): Promise<Access> {
  const held = access && access.token !== lent ? await current() : await renew();
  if (!held) throw Object.assign(new Error("signed out"), { final: true });
  lent = held.token;
  return held;
}

/** A step of signing in: one is in, or is told what is needed next. */
export async function signIn(path: string, body: unknown): Promise<NextStep | null> {
  const answer = await asStranger<SignedIn | NextStep>("POST", path, { body });
  if ("needs" in answer) return answer;
  await enter(answer);
  return null;
}

export async function signOut(): Promise<void> {
  try {
    await http("POST", "/v1/auth/sign-out");
  } finally {
    access = null;
    session.set({ phase: "signed-out" });
  }
}

/** At start: the cookie may still be good. */
export async function resume(): Promise<void> {
  session.set({ phase: "unknown" });
  await renew().catch(() => session.set({ phase: "unreachable" }));
}

/** What one may do has changed: ask again, so that the screens show no more and no less. */
export async function renewMe(): Promise<void> {
  replaceMe(await http<Me>("GET", "/v1/me"));
}

export function replaceMe(me: Me): void {
  if (session.get().phase === "signed-in") session.set({ phase: "signed-in", me });
}

export const useSession = () => useStore(session);

export function useMe(): Me {
  const held = useStore(session);
  if (held.phase !== "signed-in") throw new Error("only for signed-in screens");
  return held.me;
}
