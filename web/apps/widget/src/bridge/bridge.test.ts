import { expect, it, vi } from "vitest";
import { accept, post } from "./bridge.ts";

const frame = window;
const other = {} as Window;
const event = (change: object) => ({
  source: frame,
  origin: "https://desk.example",
  data: { frontdesk: 1, type: "unread", count: 2 },
  ...change,
});

it("takes a message of exactly that window and that origin", () => {
  expect(accept(event({}), frame, "https://desk.example")).toMatchObject({ type: "unread" });
});

it.each([
  ["another window", { source: other }],
  ["another origin", { origin: "https://desk.example.evil.example" }],
  ["another scheme", { origin: "http://desk.example" }],
  ["another port", { origin: "https://desk.example:8443" }],
  ["no object", { data: "frontdesk" }],
  ["nothing", { data: null }],
  ["somebody else's protocol", { data: { type: "unread" } }],
  ["no type", { data: { frontdesk: 1 } }],
])("ignores a message from or with %s", (_, change) => {
  expect(accept(event(change), frame, "https://desk.example")).toBeNull();
});

it("ignores everything while there is no frame", () => {
  expect(accept(event({ source: null }), null, "https://desk.example")).toBeNull();
});

it("posts to one origin only", () => {
  const target = { postMessage: vi.fn() };
  post(target as unknown as Window, "https://shop.example", { type: "ready" });
  expect(target.postMessage).toHaveBeenCalledWith(
    { frontdesk: 1, type: "ready" },
    "https://shop.example",
  );
});
