import type { Connection, PendingMessage } from "@frontdesk/realtime";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Current } from "./current.ts";
import { createRequests } from "./requests.ts";
import { createSaying } from "./saying.ts";

const message: PendingMessage = {
  client_id: "1",
  conversation: "c1",
  body: { type: "text", text: "Thank you" },
  created_at: 1,
  state: "sending",
};

function setUp(pending: readonly PendingMessage[]) {
  const listeners = new Set<() => void>();
  const line = {
    pending,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const current = { id: "c1", held: () => null } as unknown as Current;
  const saying = createSaying({
    line: () => line as unknown as Connection,
    current,
    first: { waiting: () => [] } as never,
    flush: () => undefined,
    tell: () => undefined,
    changed: () => undefined,
  });
  const close = vi.fn(async () => undefined);
  const tell = vi.fn();
  const requests = createRequests({
    api: { close } as never,
    current,
    over: { tell, showForm: () => undefined },
    sent: saying.sent,
    changed: () => undefined,
  });
  const becomes = (next: readonly PendingMessage[]) => {
    line.pending = next;
    for (const listener of listeners) listener();
  };
  return { requests, close, tell, becomes, listeners };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("ends the conversation behind what was just said, which would open it again", async () => {
  const { requests, close, becomes, listeners } = setUp([message]);
  const ended = requests.end();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(close).not.toHaveBeenCalled();
  becomes([]);
  await ended;
  expect(close).toHaveBeenCalledWith("c1");
  expect(listeners.size).toBe(0);
});

it("ends it at once when nothing waits, or only what has failed", async () => {
  const { requests, close } = setUp([{ ...message, state: "failed" }]);
  await requests.end();
  expect(close).toHaveBeenCalledOnce();
});

it("does not end it, and says so, when what was said is not sent for long", async () => {
  const { requests, close, tell, listeners } = setUp([message]);
  const ended = requests.end();
  await vi.advanceTimersByTimeAsync(10_000);
  await ended;
  expect(close).not.toHaveBeenCalled();
  expect(tell).toHaveBeenCalledWith("action.failed");
  expect(listeners.size).toBe(0);
});
