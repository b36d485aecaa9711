import { beforeEach, expect, it, vi } from "vitest";

type Listener = (event: never) => void;

const listeners = new Map<string, Listener>();
const shop = "https://shop.example/orders";
const page = (url: string) => ({ url, focus: vi.fn(async () => undefined) });
const scope = {
  registration: {
    scope: "https://desk.example/widget/told/shop/shop.example/",
    showNotification: vi.fn(async () => {}),
  },
  clients: {
    matchAll: vi.fn(async (): Promise<ReturnType<typeof page>[]> => []),
    openWindow: vi.fn(async () => null),
  },
  skipWaiting: vi.fn(async () => {}),
  addEventListener: (kind: string, listener: Listener) => listeners.set(kind, listener),
};
let kept: string | undefined;

async function happens(kind: string, event: object): Promise<void> {
  let work: Promise<unknown> | undefined;
  const waitUntil = (given: Promise<unknown>) => {
    work = given;
  };
  listeners.get(kind)?.({ ...event, waitUntil } as never);
  await work;
}

const push = (json: unknown) => happens("push", { data: { json: () => json } });
const click = () => happens("notificationclick", { notification: { close: vi.fn() } });
const content = { kind: "message", language: "zh-CN", conversation: "7", name: "Mei" };

beforeEach(async () => {
  const match = async (key: string) =>
    key === scope.registration.scope && kept ? new Response(kept) : undefined;
  vi.stubGlobal("self", scope);
  vi.stubGlobal("caches", { open: async () => ({ match }) });
  vi.clearAllMocks();
  vi.resetModules();
  await import("./worker.ts");
  return () => vi.unstubAllGlobals();
});

it("shows who has answered, in the language in which it was asked for", async () => {
  await push(content);
  const shown = { body: "已回复您", lang: "zh-CN", dir: "ltr", tag: "7" };
  expect(scope.registration.showNotification).toHaveBeenCalledWith("Mei", shown);
  await push({ ...content, kind: "assigned", language: "ar" });
  const arabic = { body: "في خدمتك الآن", lang: "ar", dir: "rtl", tag: "7" };
  expect(scope.registration.showNotification).toHaveBeenLastCalledWith("Mei", arabic);
});

it("shows nothing of what is not for visitors", async () => {
  for (const strange of [null, "text", {}, { kind: "mention" }, { kind: "toString" }]) {
    await push(strange);
  }
  await happens("push", { data: null });
  expect(scope.registration.showNotification).not.toHaveBeenCalled();
});

it("leads back to where it was asked for: to the page that is open there, else to a new one", async () => {
  kept = `${shop}#frontdesk`;
  await click();
  expect(scope.clients.openWindow).toHaveBeenCalledWith(`${shop}#frontdesk`);
  const open = page(`${shop}#top`);
  scope.clients.matchAll.mockResolvedValueOnce([page("https://desk.example/console/"), open]);
  await click();
  expect(open.focus).toHaveBeenCalledOnce();
  expect(scope.clients.openWindow).toHaveBeenCalledOnce();
});

it.each([undefined, "javascript:alert(1)", "data:text/html,x"])(
  "does not lead to %s",
  async (to) => {
    kept = to;
    await click();
    expect(scope.clients.openWindow).not.toHaveBeenCalled();
  },
);
