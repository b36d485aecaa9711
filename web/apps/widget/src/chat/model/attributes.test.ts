import { expect, it, vi } from "vitest";
import { ApiError } from "./api.ts";
import { createAttributes } from "./attributes.ts";

function page() {
  const describe = vi.fn(async () => ({}));
  const warn = vi.fn();
  let listener: () => void = () => undefined;
  const host = {
    attributes: {} as Record<string, unknown>,
    onSaid: (given: () => void) => {
      listener = given;
    },
  };
  const attributes = createAttributes({ api: { describe }, host, warn });
  const say = (more: Record<string, unknown>) => {
    host.attributes = { ...host.attributes, ...more };
    listener();
  };
  return { attributes, describe, warn, say };
}

const failure = (kind: "busy" | "invalid") =>
  new ApiError({ kind, code: "x", message: "The page cannot say this.", hint: "" });

it("waits for a visitor, and then tells everything once", async () => {
  const { attributes, describe, say } = page();
  say({ plan: "gold" });
  say({ seats: 5, plan: "silver" });
  expect(describe).not.toHaveBeenCalled();
  attributes.come();
  attributes.come();
  await vi.waitFor(() => expect(describe.mock.calls).toEqual([[{ plan: "silver", seats: 5 }]]));
});

it("tells only what is new, also of what came while it was telling", async () => {
  const { attributes, describe, say } = page();
  attributes.come();
  say({ plan: "gold" });
  say({ plan: "gold", trial: true });
  say({ trial: null });
  await vi.waitFor(() =>
    expect(describe.mock.calls).toEqual([[{ plan: "gold" }], [{ trial: null }]]),
  );
});

it("tells again with the next connection what the line has lost", async () => {
  const { attributes, describe, warn, say } = page();
  describe.mockRejectedValueOnce(failure("busy"));
  say({ plan: "gold" });
  attributes.come();
  await vi.waitFor(() => expect(describe).toHaveBeenCalledTimes(1));
  attributes.come();
  await vi.waitFor(() => expect(describe.mock.lastCall).toEqual([{ plan: "gold" }]));
  expect(describe).toHaveBeenCalledTimes(2);
  expect(warn).not.toHaveBeenCalled();
});

it("says in the console what cannot be told, and does not try it again", async () => {
  const { attributes, describe, warn, say } = page();
  describe.mockRejectedValueOnce(failure("invalid"));
  say({ "?": "odd", list: [1], nothing: undefined });
  attributes.come();
  await vi.waitFor(() => expect(warn).toHaveBeenCalledTimes(3));
  attributes.come();
  expect(describe.mock.calls).toEqual([[{ "?": "odd" }]]);
});
