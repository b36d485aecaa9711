import type { Entry, Snapshot, WireError } from "@frontdesk/realtime";
import type { Page } from "../../bridge/bridge.ts";
import type { Told } from "../../tell/lender.ts";
import type { Language } from "../i18n/i18n.ts";
import type { Estimated } from "../text/time.ts";
import type { Absence } from "./absence.ts";
import type { Attributes } from "./attributes.ts";
import type { Article, Hint } from "./help.ts";
import type { Look, SessionAnswer } from "./look.ts";
import type { FormValue } from "./prechat.ts";

/** A request that failed, with the server's words where it had any. */
export class ApiError extends Error {
  readonly error: WireError;

  constructor(error: WireError) {
    super(error.message);
    this.error = error;
  }

  /** Trying again later may help. */
  get passing(): boolean {
    return this.error.kind === "unavailable" || this.error.kind === "busy";
  }
}

export interface QueueAnswer extends Estimated {
  position: number;
  ahead: number;
  /** The place is kept while the visitor is gone. */
  callback: boolean;
}

export interface LeaveMessage {
  name: string;
  phone?: string;
  email?: string;
  text: string;
  conversation_id?: string;
  client_id: string;
}

export interface Media {
  media_id: string;
  kind: "image" | "file";
  name: string;
  size: number;
  mime: string;
}

export type Api = ReturnType<typeof createApi>;

export function wireError(status: number, body: unknown): WireError {
  const error = (body as { error?: Partial<WireError> } | null)?.error;
  if (error?.kind && error.code) {
    return { ...error, kind: error.kind, code: error.code, message: error.message ?? "", hint: "" };
  }
  const kinds: Record<number, WireError["kind"]> = {
    400: "invalid",
    401: "unauthenticated",
    403: "forbidden",
    404: "not_found",
    409: "conflict",
    413: "too_large",
    429: "busy",
  };
  const kind = kinds[status] ?? "unavailable";
  return { kind, code: `http.${status}`, message: `HTTP ${status}`, hint: "" };
}

const TIMEOUT = 20_000;

/** What the server said; null when it was not the server. It answers every call with an object, or with no content at all. */
async function words(answer: Response): Promise<object | null> {
  const ours = answer.headers.get("content-type")?.startsWith("application/json");
  const json: unknown = ours ? await answer.json().catch(() => null) : null;
  return typeof json === "object" ? json : null;
}

export function createApi(
  origin: string,
  language: Language,
  auth: { token(): Promise<string>; renew(): Promise<string> },
  ask: typeof fetch = (...args) => fetch(...args),
) {
  async function once(method: string, path: string, body: unknown, token: string | null) {
    try {
      const answer = await ask(new URL(path, origin), {
        method,
        credentials: "omit",
        signal: AbortSignal.timeout(TIMEOUT),
        headers: {
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...(token ? { authorization: `Bearer ${token}` } : {}),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const json = await words(answer);
      // A network's sign-in page answers anything with 200 and a page of its own: that is no answer of ours.
      if (answer.redirected || (answer.ok && json === null && answer.status !== 204))
        throw new Error("not our answer");
      if (!answer.ok) throw new ApiError(wireError(answer.status, json));
      return json;
    } catch (error) {
      if (error instanceof ApiError) throw error;
      throw new ApiError({
        kind: "unavailable",
        code: "network",
        message: String(error),
        hint: "",
      });
    }
  }

  /** With the visitor's token; one that expired meanwhile is renewed once. */
  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    try {
      return (await once(method, path, body, await auth.token())) as T;
    } catch (error) {
      if (!(error instanceof ApiError) || error.error.kind !== "unauthenticated") throw error;
      return (await once(method, path, body, await auth.renew())) as T;
    }
  }

  const at = (id: string) => `/v1/conversations/${encodeURIComponent(id)}`;

  return {
    session: (body: {
      channel: string;
      visitor_key?: string;
      identity?: string;
      language: Language;
      page?: Page;
    }): Promise<SessionAnswer> =>
      once("POST", "/v1/visitor/session", body, null) as Promise<SessionAnswer>,
    /** The key and every token of it open nothing any more. */
    endSession: async (token: string): Promise<void> => {
      const headers = { authorization: `Bearer ${token}` };
      await ask(new URL("/v1/visitor/session", origin), { method: "DELETE", headers });
    },
    describe: (attributes: Attributes) =>
      call<object>("PATCH", "/v1/visitor/attributes", { attributes }),
    /** Whether this browser is told of answers, and where it takes them. */
    push: (method: "GET" | "PUT" | "DELETE", told?: Told) =>
      call<{ subscribed: boolean }>(method, "/v1/push", told),
    open: (body: { language: Language; page?: Page; form: Record<string, FormValue> }) =>
      call<{ conversation: Snapshot; entries: Entry[] }>("POST", "/v1/visitor/conversations", body),
    conversations: (before: string | null, limit: number) => {
      const query = new URLSearchParams({ limit: String(limit), ...(before ? { before } : {}) });
      return call<{ items: Snapshot[]; more: boolean }>(
        "GET",
        `/v1/visitor/conversations?${query}`,
      );
    },
    conversation: (id: string) => call<{ conversation: Snapshot }>("GET", at(id)),
    entries: (id: string, range: { before?: number; after?: number; limit: number }) => {
      const query = new URLSearchParams();
      for (const [name, value] of Object.entries(range)) query.set(name, String(value));
      return call<{ entries: Entry[]; more: boolean }>("GET", `${at(id)}/entries?${query}`);
    },
    human: (id: string) =>
      call<{ conversation: Snapshot; queue: QueueAnswer | null; absence: Absence | null }>(
        "POST",
        `${at(id)}/human`,
        {},
      ),
    callBack: (id: string, reach: { phone: string; email: string }) =>
      call<{ queue: QueueAnswer | null }>("POST", `${at(id)}/callback`, reach),
    leaveQueue: (id: string) => call<{ conversation: Snapshot }>("DELETE", `${at(id)}/human`),
    rate: (id: string, body: { score: number; remark?: string; resolved?: boolean }) =>
      call<{ conversation: Snapshot }>("POST", `${at(id)}/rating`, body),
    rateAnswer: (id: string, seq: number, helpful: boolean) =>
      call<{ conversation: Snapshot }>("POST", `${at(id)}/entries/${seq}/rating`, { helpful }),
    mailTranscript: (id: string, email: string) => {
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
      return call<object>("POST", `${at(id)}/transcript`, { email, language, time_zone: timeZone });
    },
    close: (id: string) => call<{ conversation: Snapshot }>("POST", `${at(id)}/close`, {}),
    articles: (text: string) => {
      const query = new URLSearchParams({ text, language });
      return call<{ shown: boolean; items: Hint[] }>("GET", `/v1/visitor/articles?${query}`);
    },
    article: (id: string) =>
      call<{ article: Article }>("GET", `/v1/visitor/articles/${encodeURIComponent(id)}`),
    leaveMessage: (body: LeaveMessage) =>
      call<{ id: string }>("POST", "/v1/visitor/leave-messages", body),
  };
}

export type { Look };
