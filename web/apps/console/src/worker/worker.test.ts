import { beforeEach, expect, it, vi } from "vitest";

type Listener = (event: never) => void;

const listeners = new Map<string, Listener>();
const page = (url: string) => ({ url, focus: vi.fn(async () => undefined), postMessage: vi.fn() });
const scope = {
  registration: { scope: "https://desk.example/console/", showNotification: vi.fn(async () => {}) },
  clients: {
    matchAll: vi.fn(async (): Promise<ReturnType<typeof page>[]> => []),
    openWindow: vi.fn(async () => null),
  },
  skipWaiting: vi.fn(async () => {}),
  addEventListener: (kind: string, listener: Listener) => listeners.set(kind, listener),
};

async function happens(kind: string, event: object): Promise<void> {
  let work: Promise<unknown> | undefined;
  listeners.get(kind)?.({
    ...event,
    waitUntil: (given: Promise<unknown>) => (work = given),
  } as never);
  await work;
}

const clicked = (data: unknown) => ({ notification: { data, close: vi.fn() } });

beforeEach(async () => {
  vi.stubGlobal("self", scope);
  vi.clearAllMocks();
  vi.resetModules();
  await import("./worker.ts");
});

it("shows what comes, and tells the pages that it came", async () => {
  const open = page("https://desk.example/console/inbox");
  scope.clients.matchAll.mockResolvedValueOnce([
    open,
    page("https://desk.example/widget/chat.html"),
  ]);
  await happens("push", { data: { json: () => ({ kind: "test", language: "en" }) } });
  expect(scope.registration.showNotification).toHaveBeenCalledOnce();
  expect(open.postMessage).toHaveBeenCalledWith({ from: "push", arrived: "test" });
});

it("shows nothing of what is not ours", async () => {
  await happens("push", { data: { json: () => ({ kind: "advert" }) } });
  await happens("push", { data: null });
  expect(scope.registration.showNotification).not.toHaveBeenCalled();
});

it("brings an open page to the front, and has it open the conversation", async () => {
  const open = page("https://desk.example/console/history");
  scope.clients.matchAll.mockResolvedValueOnce([open]);
  const event = clicked({ conversation: "7" });
  await happens("notificationclick", event);
  expect(event.notification.close).toHaveBeenCalledOnce();
  expect(open.postMessage).toHaveBeenCalledWith({ from: "push", open: "7" });
  expect(open.focus).toHaveBeenCalledOnce();
  expect(scope.clients.openWindow).not.toHaveBeenCalled();
});

it("opens the conversation in a page of its own where none is open", async () => {
  await happens("notificationclick", clicked({ conversation: "7" }));
  expect(scope.clients.openWindow).toHaveBeenCalledWith("https://desk.example/console/inbox/7");
});
