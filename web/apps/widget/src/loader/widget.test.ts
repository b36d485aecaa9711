import type { FrontdeskApi, FrontdeskOptions } from "@frontdesk/embed";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createApi } from "./api.ts";

const origin = "https://desk.example";
const apis: FrontdeskApi[] = [];

// the frame stays empty here: what the chat says is said by `say`
Object.defineProperty(HTMLIFrameElement.prototype, "src", { set: () => undefined });

/** The API with a chat in the page, as the tag's script leaves it. */
function booted(more: Partial<FrontdeskOptions> = {}) {
  const api = createApi({ src: `${origin}/widget.js` });
  apis.push(api);
  api.boot({ channel: "shop", language: "en", ...more });
  return api;
}

function parts() {
  const shadow = document.querySelector("frontdesk-widget")?.shadowRoot;
  if (!shadow) throw new Error("no widget");
  return {
    button: shadow.querySelector<HTMLButtonElement>(".button"),
    frame: shadow.querySelector("iframe"),
    badge: shadow.querySelector<HTMLElement>(".badge"),
    greeting: shadow.querySelector<HTMLElement>(".greet"),
  };
}

const posted = vi.fn();

function say(data: object, from = origin): void {
  const { frame } = parts();
  const source = { postMessage: posted };
  if (frame) Object.defineProperty(frame, "contentWindow", { value: source, configurable: true });
  const event = new MessageEvent("message", { data: { frontdesk: 1, ...data }, origin: from });
  Object.defineProperty(event, "source", { value: source });
  window.dispatchEvent(event);
}

beforeEach(() => {
  sessionStorage.clear();
  localStorage.clear();
  posted.mockClear();
});
afterEach(() => {
  for (const api of apis.splice(0)) api.destroy();
});

it("loads nothing before the click, and then one frame", () => {
  booted();
  expect(parts().frame).toBeNull();
  parts().button?.click();
  expect(parts().frame).not.toBeNull();
  expect(parts().button?.ariaExpanded).toBe("true");
  parts().button?.click();
  expect(parts().button?.ariaExpanded).toBe("false");
});

it("tells listeners once for each opening and closing", () => {
  const api = booted();
  const heard: string[] = [];
  api.on("open", () => heard.push("open"));
  const stop = api.on("close", () => heard.push("close"));
  api.open();
  api.open();
  api.close();
  stop();
  api.open();
  api.close();
  expect(heard).toEqual(["open", "close", "open"]);
});

it("shows what is unread on the badge and in the label, from the right origin only", () => {
  const api = booted();
  const unread = vi.fn();
  api.on("unread", unread);
  api.open();
  api.close();
  say({ type: "unread", count: 3, label: ", 3 unread messages" });
  say({ type: "unread", count: 99 }, "https://evil.example");
  say({ type: "unread", count: "7" });
  expect(unread.mock.calls).toEqual([[3]]);
  expect(parts().badge?.textContent).toBe("3");
  expect(parts().button?.ariaLabel).toBe("Chat with us, 3 unread messages");
});

it("closes when the chat asks, and not when another page does", () => {
  const api = booted();
  api.open();
  say({ type: "close" }, "https://evil.example");
  expect(parts().button?.ariaExpanded).toBe("true");
  say({ type: "close" });
  expect(parts().button?.ariaExpanded).toBe("false");
});

it("survives a listener that throws", () => {
  vi.stubGlobal("reportError", vi.fn());
  const api = booted();
  api.on("open", () => {
    throw new Error("the page's own fault");
  });
  expect(() => api.open()).not.toThrow();
  vi.unstubAllGlobals();
});

const said = () => posted.mock.calls.map(([message, to]) => ({ ...message, to }));

it("tells the chat who the visitor is as soon as it listens, and to no other origin", () => {
  const api = booted({ identity: "h.a.s" });
  api.identify("h.b.s");
  api.open();
  say({ type: "ready" });
  expect(said()[0]).toMatchObject({ type: "page", identity: "h.b.s", to: origin });
  api.identify("h.c.s");
  expect(said().at(-1)).toMatchObject({ type: "identify", identity: "h.c.s", to: origin });
});

it("keeps what the page says of the visitor until the chat listens, and then says it each time", () => {
  const api = booted();
  api.set({ plan: "gold", seats: 5 });
  api.set({ seats: null });
  api.open();
  say({ type: "ready" });
  expect(said()).toContainEqual({
    frontdesk: 1,
    type: "set",
    attributes: { plan: "gold", seats: null },
    to: origin,
  });
  api.set({ trial: true });
  expect(said().at(-1)).toMatchObject({ type: "set", attributes: { trial: true }, to: origin });
});

it("says nothing of one person of the next", () => {
  const api = booted();
  const attributes = () => {
    posted.mockClear();
    say({ type: "ready" });
    return said().find(({ type }) => type === "set")?.attributes;
  };
  api.open();
  api.set({ plan: "gold" });
  api.identify("h.a.s");
  expect(attributes()).toEqual({ plan: "gold" });
  api.identify("h.b.s");
  expect(attributes()).toEqual({});
  api.set({ plan: "gold" });
  void api.logout();
  expect(attributes()).toEqual({});
});

it("resolves a logout when the chat has forgotten, even if nobody had opened it", async () => {
  const api = booted({ identity: "h.a.s" });
  const done = vi.fn();
  const leaving = api.logout().then(done);
  say({ type: "ready" });
  expect(said().at(-1)).toMatchObject({ type: "logout" });
  expect(done).not.toHaveBeenCalled();
  say({ type: "left" });
  await leaving;
  posted.mockClear();
  say({ type: "ready" });
  expect(said().some((message) => "identity" in message || message.type === "logout")).toBe(false);
});

it("is gone without a trace when destroyed, and can be put back", () => {
  const api = booted();
  const heard = vi.fn();
  api.on("open", heard);
  api.destroy();
  expect(document.querySelector("frontdesk-widget")).toBeNull();
  api.open();
  api.boot({ channel: "shop", language: "en" });
  api.boot({ channel: "shop", language: "en" });
  expect(document.querySelectorAll("frontdesk-widget")).toHaveLength(1);
  api.open();
  expect(heard).not.toHaveBeenCalled();
  expect(api.isOpen).toBe(true);
});

it("greets until it is put away", () => {
  const greeting = "Can I help?";
  booted({ greeting }).destroy();
  const api = booted({ greeting });
  expect(parts().greeting?.textContent).toContain(greeting);
  parts().greeting?.querySelector<HTMLButtonElement>(".away")?.click();
  expect(parts().greeting).toBeNull();
  api.boot({ channel: "shop", greeting });
  expect(parts().greeting).toBeNull();
});

it("greets until the chat is opened", () => {
  const api = booted({ greeting: "Can I help?" });
  expect(parts().greeting).not.toBeNull();
  api.open();
  expect(parts().greeting).toBeNull();
});

it("keeps for the chat what the chat may not keep itself, and hands it back", () => {
  const api = booted();
  api.open();
  say({ type: "ready" });
  say({ type: "keep", key: "a", value: "1" });
  say({ type: "keep", key: "b", value: "2" });
  say({ type: "keep", key: "a", value: null });
  posted.mockClear();
  say({ type: "ready" });
  expect(said()[0]).toMatchObject({ kept: '{"b":"2"}' });
});

it("fills an element of the page, without a button and always open", () => {
  document.body.innerHTML = '<div id="here"></div>';
  const api = booted({ target: "#here" });
  expect(parts().button).toBeNull();
  expect(document.querySelector("#here frontdesk-widget")).not.toBeNull();
  api.close();
  expect(api.isOpen).toBe(true);
  expect(() => booted({ target: "#gone" })).toThrow("no channel or target");
});

it("calls what was pushed, and survives what it throws", () => {
  vi.stubGlobal("reportError", vi.fn());
  const api = booted();
  const called = vi.fn();
  api.push(() => {
    throw new Error("the page's own fault");
  });
  api.push(called);
  expect(called).toHaveBeenCalledWith(api);
  vi.unstubAllGlobals();
});
