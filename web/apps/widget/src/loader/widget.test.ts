import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Options } from "./options.ts";
import { createWidget } from "./widget.ts";

const options: Options = {
  origin: "https://desk.example",
  chat: "about:blank",
  channel: "shop",
  language: "en",
  position: "right",
  color: "#1f5eff",
  fixedColor: false,
};

function parts() {
  const shadow = document.querySelector("frontdesk-widget")?.shadowRoot;
  if (!shadow) throw new Error("no widget");
  return {
    button: shadow.querySelector<HTMLButtonElement>("button"),
    frame: shadow.querySelector("iframe"),
    badge: shadow.querySelector<HTMLElement>(".badge"),
  };
}

function say(data: object, origin = options.origin): void {
  const { frame } = parts();
  const source = { postMessage: () => undefined };
  if (frame) Object.defineProperty(frame, "contentWindow", { value: source, configurable: true });
  const event = new MessageEvent("message", { data: { frontdesk: 1, ...data }, origin });
  Object.defineProperty(event, "source", { value: source });
  window.dispatchEvent(event);
}

beforeEach(() => sessionStorage.clear());
afterEach(() => document.querySelector("frontdesk-widget")?.remove());

it("loads nothing before the click, and then one frame", () => {
  createWidget(options);
  expect(parts().frame).toBeNull();
  parts().button?.click();
  expect(parts().frame).not.toBeNull();
  expect(parts().button?.getAttribute("aria-expanded")).toBe("true");
  parts().button?.click();
  expect(parts().button?.getAttribute("aria-expanded")).toBe("false");
});

it("tells listeners once for each opening and closing", () => {
  const api = createWidget(options);
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
  const api = createWidget(options);
  const unread = vi.fn();
  api.on("unread", unread);
  api.open();
  api.close();
  say({ type: "unread", count: 3 });
  say({ type: "unread", count: 99 }, "https://evil.example");
  say({ type: "unread", count: "7" });
  expect(unread.mock.calls).toEqual([[3]]);
  expect(parts().badge?.textContent).toBe("3");
  expect(parts().button?.getAttribute("aria-label")).toBe("Chat with us, 3 unread messages");
});

it("closes when the chat asks, and not when another page does", () => {
  const api = createWidget(options);
  api.open();
  say({ type: "close" }, "https://evil.example");
  expect(parts().button?.getAttribute("aria-expanded")).toBe("true");
  say({ type: "close" });
  expect(parts().button?.getAttribute("aria-expanded")).toBe("false");
});

it("survives a listener that throws", () => {
  vi.stubGlobal("reportError", vi.fn());
  const api = createWidget(options);
  api.on("open", () => {
    throw new Error("the page's own fault");
  });
  expect(() => api.open()).not.toThrow();
  vi.unstubAllGlobals();
});
