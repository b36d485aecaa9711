import { describe, expect, it, vi } from "vitest";
import { ApiError } from "./api.ts";
import { type AskedLine, checkForm, createPreChat } from "./prechat.ts";
import { memoryStorage, type Storage } from "./storage.ts";

const line = (id: string, more: Partial<AskedLine> = {}): AskedLine => ({
  id,
  kind: "line",
  label: id,
  required: false,
  lasting: true,
  options: [],
  ...more,
});

const LINES = [
  line("name", { kind: "name", required: true }),
  line("fields.orders", { kind: "number" }),
  line("fields.news", { kind: "boolean" }),
  line("own.why", { kind: "text", required: true, lasting: false }),
];

function setUp(storage: Storage = memoryStorage()) {
  const renew = vi.fn();
  const prechat = createPreChat({ storage, channel: "shop", renew, changed: () => undefined });
  prechat.ask(LINES, false);
  return { prechat, renew, storage };
}

const refusal = (field: string) =>
  new ApiError({
    kind: "invalid",
    code: "channels.form-missing",
    message: "",
    hint: "",
    details: { field },
  });

describe("the form before the chat", () => {
  it("keeps every letter across a reload, and is due until it was given", () => {
    const { prechat, storage } = setUp();
    prechat.type("name", "Ad");
    prechat.type("name", "Ada");
    const again = setUp(storage).prechat;
    expect(again.values).toEqual({ name: "Ada" });
    expect(again.due).toBe(true);
    again.give();
    expect(setUp(storage).prechat.due).toBe(false);
  });

  it("answers only with what was given, in the kinds that are asked for", () => {
    const { prechat } = setUp();
    prechat.type("name", " Ada ");
    prechat.type("fields.orders", "3,5");
    prechat.type("fields.news", "yes");
    prechat.type("own.why", " ");
    prechat.type("gone", "x");
    expect(prechat.answers()).toEqual({});
    prechat.give();
    expect(prechat.answers()).toEqual({ name: "Ada", "fields.orders": 3.5, "fields.news": true });
  });

  it("asks the next time only for what is about the conversation, and forgets the words", () => {
    const { prechat } = setUp();
    prechat.type("own.why", "a lantern");
    prechat.give();
    prechat.taken();
    expect(prechat.lines.map(({ id }) => id)).toEqual(["own.why"]);
    expect(prechat.values).toEqual({});
    expect(prechat.due).toBe(true);
  });

  it("stands there again with everything in it when the server refuses a line", () => {
    const { prechat, renew } = setUp();
    prechat.type("name", "Ada");
    prechat.give();
    prechat.refused(refusal("own.why"));
    expect(prechat.due).toBe(true);
    expect(prechat.values).toEqual({ name: "Ada" });
    expect(prechat.errors).toEqual({ "own.why": "prechat.need" });
    expect(renew).not.toHaveBeenCalled();
  });

  it("asks anew what is wanted when the server misses a line that it does not know of", () => {
    const { prechat, renew } = setUp();
    prechat.give();
    prechat.refused(refusal("phone"));
    expect(renew).toHaveBeenCalledOnce();
  });

  it("leaves a bad network to others", () => {
    const { prechat } = setUp();
    prechat.give();
    prechat.refused(new ApiError({ kind: "unavailable", code: "network", message: "", hint: "" }));
    prechat.refused(new Error("no"));
    expect(prechat.due).toBe(false);
  });

  it("is over once the server has an open conversation", () => {
    const { prechat } = setUp();
    prechat.give();
    prechat.ask(LINES, true);
    expect(prechat.given).toBe(false);
    expect(prechat.values).toEqual({});
  });
});

describe("checking", () => {
  it.each([
    [line("x", { required: true }), "", "prechat.need"],
    [line("x", { required: true, kind: "boolean" }), "", "prechat.tick"],
    [line("x"), "", undefined],
    [line("x", { kind: "email" }), "ada@", "leave.bad_email"],
    [line("x", { kind: "email" }), "ada@example.org", undefined],
    [line("x", { kind: "phone" }), "12", "leave.bad_phone"],
    [line("x", { kind: "number" }), "1e5", "prechat.bad_number"],
    [line("x", { kind: "number" }), "-3,5", undefined],
    [line("x", { kind: "link" }), "example.org", "prechat.bad_link"],
    [line("x", { kind: "link" }), "https://example.org/a", undefined],
  ] as const)("finds what is wrong with %j written as %j", (asked, text, error) => {
    expect(checkForm([asked], { x: text })).toEqual(error ? { x: error } : {});
  });
});
