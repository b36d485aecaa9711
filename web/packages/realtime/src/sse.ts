import type { ClientFrame, HelloFrame, WireError } from "./frames.ts";
import { LOST, type OpenTransport, type TransportEvents } from "./transport.ts";

/** The close code that says over a socket what a status says over HTTP. */
const CODES: Readonly<Record<number, number>> = {
  400: 4400,
  401: 4401,
  403: 4403,
  413: 1009,
  429: 4429,
};

/** Frames in one request; enough that a burst needs few, small enough for any server's limit. */
const BATCH = 16;

async function complete(response: Response): Promise<{ code: number; retryAfter?: number }> {
  const code = CODES[response.status] ?? LOST;
  const body: { error?: WireError } = await response.json().catch(() => ({}));
  const retryAfter = body.error?.retry_after;
  return retryAfter === undefined ? { code } : { code, retryAfter };
}

/** Yields the text after `data:` of each event line, and "" for a comment that only keeps the line alive. */
async function* lines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const parts = (rest + decoder.decode(value, { stream: true })).split(/\r?\n/);
    rest = parts.pop() ?? "";
    for (const line of parts) {
      if (line.startsWith("data:")) yield line.slice(5);
      else if (line.startsWith(":")) yield "";
    }
  }
}

/** A request that is not answered by then holds up everything behind it: better a new connection. */
const ANSWER_MS = 15_000;

/** The transport for networks that break sockets: a fetched event stream down, batches of frames by POST up. */
export function sseTransport(
  url: string,
  fetcher: typeof fetch,
  token: () => string,
): OpenTransport {
  return (hello: HelloFrame, events: TransportEvents) => {
    const abort = new AbortController();
    const waiting: ClientFrame[] = [];
    let session = "";
    let posting = false;

    function end(code: number, retryAfter?: number): void {
      if (abort.signal.aborted) return;
      abort.abort();
      events.closed(code, retryAfter);
    }

    async function request(path: string, init: RequestInit): Promise<Response | null> {
      const response = await fetcher(new URL(`/v1/realtime/sessions${path}`, url), {
        ...init,
        cache: "no-store",
        credentials: "omit",
        headers: { Authorization: `Bearer ${token()}`, "Content-Type": "application/json" },
        signal: abort.signal,
      });
      if (response.ok) return response;
      const { code, retryAfter } = await complete(response);
      end(code, retryAfter);
      return null;
    }

    async function post(path: string, body: unknown): Promise<Response | null> {
      const timer = setTimeout(() => end(LOST), ANSWER_MS);
      const init = { method: "POST", body: JSON.stringify(body) };
      return request(path, init).finally(() => clearTimeout(timer));
    }

    /** One request at a time, so that frames arrive in order. */
    async function flush(): Promise<void> {
      if (posting || !session) return;
      posting = true;
      while (waiting.length && (await post(`/${session}/frames`, waiting.splice(0, BATCH))));
      posting = false;
    }

    async function run(): Promise<void> {
      const opened = await post("", hello);
      if (!opened) return;
      const { connection }: { connection: string } = await opened.json();
      session = connection;
      const stream = await request(`/${session}/events`, {});
      if (!stream?.body) return end(LOST);
      flush().catch(() => end(LOST));
      for await (const line of lines(stream.body)) {
        if (abort.signal.aborted) return;
        if (line) events.frame(JSON.parse(line));
        else events.alive();
      }
      end(LOST);
    }

    run().catch(() => end(LOST));
    return {
      send(frame) {
        waiting.push(frame);
        flush().catch(() => end(LOST));
      },
      close: () => abort.abort(),
    };
  };
}
