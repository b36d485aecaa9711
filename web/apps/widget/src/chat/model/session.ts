import type { Page } from "../../bridge/bridge.ts";
import type { Language } from "../i18n/i18n.ts";
import { type Api, ApiError } from "./api.ts";
import { isLook, type Look, type SessionAnswer } from "./look.ts";
import { readJson, type Storage } from "./storage.ts";

export interface SessionOptions {
  channel: string;
  language: Language;
  storage: Storage;
  page(): Page | undefined;
  ask: Api["session"];
  now?: () => number;
}

/** Who this visitor is. The key in storage is the long-lived secret, the token only lives in memory. */
export function createSession({
  channel,
  language,
  storage,
  page,
  ask,
  now = Date.now,
}: SessionOptions) {
  const keyName = `frontdesk.visitor.${channel}`;
  const lookName = `frontdesk.look.${channel}.${language}`;
  let answer: SessionAnswer | null = null;
  let running: Promise<SessionAnswer> | null = null;
  let unused = false;

  async function request(): Promise<SessionAnswer> {
    const visitor_key = storage.get(keyName);
    const at = page();
    const given = await ask({
      channel,
      language,
      ...(visitor_key ? { visitor_key } : {}),
      ...(at ? { page: at } : {}),
    });
    storage.set(keyName, given.visitor_key);
    storage.set(lookName, JSON.stringify(given.channel));
    answer = given;
    unused = true;
    return given;
  }

  /** One request at a time, however many ask. */
  function renew(): Promise<SessionAnswer> {
    running ??= request().finally(() => {
      running = null;
    });
    return running;
  }

  return {
    renew,
    get answer() {
      return answer;
    },
    /** The look of the last visit, so that the first picture needs no network. */
    remembered: (): Look | null => readJson(storage, lookName, isLook),
    async token(): Promise<string> {
      const fresh = answer && answer.expires_at - now() > 5_000;
      return (fresh && answer ? answer : await renew()).token;
    },
    /** For the connection: asks only when the last answer was used before. */
    async connectionToken(): Promise<{ token: string; expires_at: number }> {
      try {
        const given = answer && unused ? answer : await renew();
        unused = false;
        return { token: given.token, expires_at: given.expires_at };
      } catch (error) {
        if (error instanceof ApiError && !error.passing)
          throw Object.assign(error, { final: true });
        throw error;
      }
    },
  };
}

export type Session = ReturnType<typeof createSession>;
