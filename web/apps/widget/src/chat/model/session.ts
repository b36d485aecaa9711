import type { Page } from "../../bridge/bridge.ts";
import type { Language } from "../i18n/i18n.ts";
import { alone } from "./alone.ts";
import { type Api, ApiError } from "./api.ts";
import { isLook, type Look, type SessionAnswer } from "./look.ts";
import type { Personal } from "./personal.ts";
import { readJson } from "./storage.ts";

export interface SessionOptions {
  channel: string;
  language: Language;
  storage: Personal;
  page(): Page | undefined;
  /** The page's signed word on who this is, as it last gave it; that there is one is decided at the beginning. */
  identity(): string | null;
  /** The server does not believe it; the page is told and the chat begins anew without it. */
  refused(error: ApiError): void;
  ask: Api["session"];
  now?: () => number;
}

/**
 * Who this visitor is. The key in storage is the long-lived secret, the token only lives in memory. So does the key of
 * somebody whom the page has signed in: the page says so again each time, and when it does not they are nobody.
 */
export function createSession({
  channel,
  language,
  storage,
  page,
  identity,
  refused,
  ask,
  now = Date.now,
}: SessionOptions) {
  const signedIn = identity() !== null;
  const keyName = `frontdesk.visitor.${channel}`;
  const contactName = `frontdesk.contact.${channel}`;
  const lookName = `frontdesk.look.${channel}.${language}`;
  const former = storage.nobody.get(contactName);
  const returning = signedIn || storage.nobody.get(keyName) !== null;
  let signedKey: string | null = null;
  let answer: SessionAnswer | null = null;
  let running: Promise<SessionAnswer> | null = null;
  let unused = false;
  let over = false;
  /** The channel lets nobody renew by the key alone. */
  let always = false;

  const never = () => new Promise<never>(() => undefined);

  /** Of tabs that come for the first time at once, the first makes the visitor that all of them are. */
  function request(): Promise<SessionAnswer> {
    const known = signedIn || storage.nobody.get(keyName) !== null;
    return known ? attempt() : alone(keyName, attempt);
  }

  async function attempt(): Promise<SessionAnswer> {
    const visitor_key = signedKey ?? storage.nobody.get(keyName);
    const word = signedIn && (signedKey === null || always) ? identity() : null;
    const at = page();
    const given = await ask({
      channel,
      language,
      ...(visitor_key ? { visitor_key } : {}),
      ...(word ? { identity: word } : {}),
      ...(at ? { page: at } : {}),
    }).catch((error: unknown) => {
      if (!(error instanceof ApiError) || over) throw error;
      if (signedIn && !word && error.error.code === "channels.identity-required") {
        always = true;
        return attempt();
      }
      if (!word || error.error.code !== "channels.identity") throw error;
      refused(error);
      return never();
    });
    // the visitor has left meanwhile: nothing of the answer may be written down
    if (over) return never();
    if (!signedIn) storage.set(keyName, given.visitor_key);
    else {
      signedKey = given.visitor_key;
      storage.nobody.set(keyName, null);
      storage.nobody.set(contactName, null);
      storage.takeAlong(channel);
    }
    storage.set(contactName, given.contact.id);
    storage.nobody.set(lookName, JSON.stringify(given.channel));
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
    /** Was here before, or is known to the page. */
    returning,
    /** The contact as whom an unknown visitor wrote on this device until now; null when there was none. */
    former: signedIn ? former : null,
    /** Nothing is asked or written down any more. */
    end(): void {
      over = true;
    },
    /** The look of the last visit, so that the first picture needs no network. */
    remembered: (): Look | null => readJson(storage.nobody, lookName, isLook),
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
