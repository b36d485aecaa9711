import type { WireError } from "@frontdesk/realtime";

/** A refused or failed request, in the wire's terms. `status` 0 means that the server was not reached. */
export class ApiError extends Error {
  readonly status: number;
  readonly wire: WireError;
  /** What the answer carried, where that is more than an error. */
  readonly body: unknown;

  constructor(status: number, wire: WireError, body: unknown = null) {
    super(wire.message);
    this.status = status;
    this.wire = wire;
    this.body = body;
  }
}

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
/** A list is the same name several times. */
export type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;
export interface RequestOptions {
  readonly query?: Query;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

export interface HttpOptions {
  /** The access token to send, renewed when it is about to expire; null when nobody is signed in. */
  readonly token: () => Promise<string | null>;
  /** The server refused the token: get another one, or answer null to give up. */
  readonly refused: () => Promise<string | null>;
  readonly fetch?: typeof fetch;
}

export type Http = <T>(method: Method, path: string, options?: RequestOptions) => Promise<T>;

const unreachable: WireError = {
  kind: "unavailable",
  code: "network.unreachable",
  message: "",
  hint: "",
};

const kinds: Readonly<Record<number, WireError["kind"]>> = {
  400: "invalid",
  401: "unauthenticated",
  403: "forbidden",
  404: "not_found",
  409: "conflict",
  413: "too_large",
  429: "busy",
};

export function address(path: string, query: Query = {}): string {
  const wanted = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of [value].flat()) {
      if (each !== undefined && each !== "") wanted.append(name, String(each));
    }
  }
  const text = wanted.toString();
  return text ? `${path}?${text}` : path;
}

/** What an answer says went wrong; answers from a proxy in between carry no error of ours. */
export function wireError(status: number, body: unknown): WireError {
  const error = (body as { error?: WireError } | null)?.error;
  if (error && typeof error.kind === "string") return error;
  return { ...unreachable, kind: kinds[status] ?? "unavailable", code: `http.${status}` };
}

async function send(
  fetcher: typeof fetch,
  method: Method,
  path: string,
  token: string | null,
  { query, body, signal }: RequestOptions,
): Promise<Response> {
  const form = body instanceof FormData;
  const headers = new Headers({ Accept: "application/json" });
  if (token) headers.set("Authorization", `Bearer ${token}`);
  if (body !== undefined && !form) headers.set("Content-Type", "application/json");
  const payload = body === undefined ? null : form ? body : JSON.stringify(body);
  try {
    return await fetcher(address(path, query), {
      method,
      headers,
      body: payload,
      credentials: "same-origin",
      signal: signal ?? null,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(0, unreachable);
  }
}

/** JSON over HTTP with a bearer token; a refused token is renewed once and the request repeated. */
export function createHttp(options: HttpOptions): Http {
  const fetcher = options.fetch ?? fetch.bind(globalThis);
  return async <T>(method: Method, path: string, request: RequestOptions = {}): Promise<T> => {
    let response = await send(fetcher, method, path, await options.token(), request);
    if (response.status === 401) {
      const token = await options.refused();
      if (token) response = await send(fetcher, method, path, token, request);
    }
    const body: unknown = await response.json().catch(() => null);
    if (!response.ok) throw new ApiError(response.status, wireError(response.status, body), body);
    return body as T;
  };
}
