import type { Connection } from "@frontdesk/realtime";
import { beforeEach, expect, it, vi } from "vitest";
import type { Lender } from "../../tell/lender.ts";
import { personal } from "./personal.ts";
import type { Session } from "./session.ts";
import { memoryStorage } from "./storage.ts";
import { createTold } from "./told.ts";

const told = { endpoint: "https://push.example/1", p256dh: "key", auth: "secret", language: "en" };
const push = vi.fn(async () => ({ subscribed: true }));
const visible = vi.fn();
const line = { visible, on: vi.fn() } as unknown as Connection;
const window_ = window as Window & Partial<Lender>;

/** The chat as it stands when this contact has come. */
async function comes(
  device: ReturnType<typeof memoryStorage>,
  contact: string,
  { person = null as string | null, former = null as string | null, hash = "" } = {},
) {
  const page = { url: `https://shop.example/orders${hash}`, title: "", referrer: "" };
  const model = createTold({
    api: { push },
    channel: "shop",
    host: { embedded: true, page: () => page } as never,
    storage: personal(device, person),
    session: {
      answer: { contact: { id: contact } },
      former,
      token: async () => "token",
    } as unknown as Session,
    ask: undefined,
    changed: () => undefined,
  });
  await model.come(line);
  return model;
}

/** Somebody who has asked to be told, and was allowed to. */
async function asked(contact: string, person: string | null = null) {
  const device = memoryStorage();
  const model = await comes(device, contact, { person });
  vi.spyOn(window, "open").mockReturnValue(null);
  model.ask();
  window_.told?.(told);
  vi.clearAllMocks();
  return { device, model };
}

beforeEach(() => void vi.clearAllMocks());

it("lends the window a token and the way back, and says at once that the page is in sight", async () => {
  const { model } = await asked("1");
  expect(model.on).toBe(true);
  expect(await window_.lend?.()).toEqual({
    token: "token",
    to: "https://shop.example/orders#frontdesk",
  });
  document.dispatchEvent(new Event("visibilitychange"));
  expect(visible).toHaveBeenCalledWith(true);
});

it("leaves a page's own fragment as it is", async () => {
  (await comes(memoryStorage(), "1", { hash: "#/cart" })).ask();
  expect((await window_.lend?.())?.to).toBe("https://shop.example/orders#/cart");
});

it("is still on when the same visitor comes again, if the server knows of it", async () => {
  const { device } = await asked("1");
  expect((await comes(device, "1")).on).toBe(true);
  expect(push.mock.calls).toEqual([["GET"]]);
  push.mockResolvedValueOnce({ subscribed: false });
  expect((await comes(device, "1")).on).toBe(false);
});

it("says it anew for somebody whom the page signs in, with each new session", async () => {
  const { device } = await asked("1", "ada");
  expect((await comes(device, "1", { person: "ada" })).on).toBe(true);
  expect(push.mock.calls).toEqual([["PUT", told]]);
});

it("goes along with who signs in only now", async () => {
  const { device } = await asked("1");
  expect((await comes(device, "2", { person: "ada", former: "1" })).on).toBe(true);
  expect(push.mock.calls).toEqual([["PUT", told]]);
});

it("takes the browser away from who was here before", async () => {
  const { device } = await asked("1", "ada");
  expect((await comes(device, "2", { person: "bob" })).on).toBe(false);
  expect(push.mock.calls).toEqual([["PUT", told], ["DELETE"]]);
  vi.clearAllMocks();
  await comes(device, "2", { person: "bob" });
  expect(push).not.toHaveBeenCalled();
});
