import { expect, it, vi } from "vitest";
import { createHost } from "./host.ts";

function framed() {
  const listeners: ((event: MessageEvent) => void)[] = [];
  const parent = { postMessage: vi.fn() };
  const own = {
    parent,
    location: { href: "https://desk.example/widget/chat.html" },
    document: { referrer: "" },
    addEventListener: (_: string, listener: (event: MessageEvent) => void) =>
      listeners.push(listener),
  };
  const say = (data: object, origin = "https://shop.example", source: unknown = parent) => {
    for (const listener of listeners) {
      listener({ data: { frontdesk: 1, ...data }, origin, source } as MessageEvent);
    }
  };
  return { parent, say, host: createHost("https://shop.example", own as unknown as Window) };
}

it("greets the page that embeds it, by its exact origin", () => {
  expect(framed().parent.postMessage.mock.calls).toEqual([
    [{ frontdesk: 1, type: "ready" }, "https://shop.example"],
  ]);
});

it("believes only the page around it", async () => {
  const { host, say } = framed();
  const page = { url: "https://shop.example/ferns", title: "Ferns", referrer: "" };
  say({ type: "open" }, "https://evil.example");
  say({ type: "open" }, "https://shop.example", {});
  expect(host.open).toBe(false);
  say({ type: "page", page: { url: 1 } });
  say({ type: "page", page });
  say({ type: "open" });
  await host.ready;
  expect([host.open, host.page()]).toEqual([true, page]);
});

it("stops telling who no longer listens", () => {
  const { host, say } = framed();
  const heard = vi.fn();
  const stop = host.onOpen(heard);
  say({ type: "open" });
  stop();
  say({ type: "close" });
  expect(heard.mock.calls).toEqual([[true]]);
});

it("gathers what the page says of the visitor", () => {
  const { host, say } = framed();
  const heard = vi.fn();
  host.onSaid(heard);
  say({ type: "set", attributes: { plan: "gold", seats: 5 } });
  say({ type: "set", attributes: { seats: null } });
  say({ type: "set" });
  say({ type: "set", attributes: { plan: "evil" } }, "https://evil.example");
  expect(host.attributes).toEqual({ plan: "gold", seats: null });
  expect(heard).toHaveBeenCalledTimes(3);
});

it("is always open on a page of its own", () => {
  const host = createHost("https://shop.example");
  expect([host.embedded, host.open]).toEqual([false, true]);
});
