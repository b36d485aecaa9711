import { describe, expect, it, vi } from "vitest";
import { ApiError } from "./api.ts";
import type { SessionAnswer } from "./look.ts";
import { createSession } from "./session.ts";
import { browserStorage, memoryStorage } from "./storage.ts";

let issued = 0;
function answer(): SessionAnswer {
  return {
    token: `token-${++issued}`,
    expires_at: 1_000_000,
    visitor_key: "secret",
    contact: { id: "1", name: "Visitor" },
    channel: {
      code: "shop",
      name: "Shop",
      title: "Shop",
      subtitle: "",
      color: "#123456",
      language: "en",
      greeting: "Hi",
      hot_questions: [],
      bot: null,
      rating_levels: 5,
      max_upload: 1,
      on_duty: true,
    },
    conversation: null,
    unread: 0,
  };
}

function setUp(ask = vi.fn(async () => answer()), storage = memoryStorage(), time = () => 0) {
  const page = () => ({ url: "https://shop.example/", title: "Shop", referrer: "" });
  const session = createSession({
    channel: "shop",
    language: "en",
    storage,
    page,
    ask,
    now: time,
  });
  return { ask, session, storage };
}

const refused = new ApiError({ kind: "not_found", code: "x", message: "", hint: "" });
const down = new ApiError({ kind: "unavailable", code: "x", message: "", hint: "" });

describe("the session", () => {
  it("comes back as the same visitor", async () => {
    const { ask, session, storage } = setUp();
    await session.renew();
    await setUp(ask, storage).session.renew();
    expect(ask.mock.calls.map(([body]: unknown[]) => body)).toEqual([
      expect.not.objectContaining({ visitor_key: expect.anything() }),
      expect.objectContaining({ visitor_key: "secret", channel: "shop", language: "en" }),
    ]);
  });

  it("asks once however many need a token, and not before it expires", async () => {
    let time = 0;
    const { ask, session } = setUp(undefined, undefined, () => time);
    const [one, two] = await Promise.all([session.token(), session.token()]);
    expect(one).toBe(two);
    expect(await session.token()).toBe(one);
    time = 996_000;
    expect(await session.token()).not.toBe(one);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it("gives the connection the answer at hand first, then fresh ones", async () => {
    const { ask, session } = setUp();
    const { token } = await session.renew();
    expect((await session.connectionToken()).token).toBe(token);
    expect((await session.connectionToken()).token).not.toBe(token);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it("tells the connection which failures are final", async () => {
    const failing = (error: ApiError) =>
      setUp(vi.fn(() => Promise.reject(error)))
        .session.connectionToken()
        .catch((caught: { final?: boolean }) => caught.final === true);
    expect(await failing(refused)).toBe(true);
    expect(await failing(down)).toBe(false);
  });

  it("remembers the look for the next visit's first picture", async () => {
    const { session, storage } = setUp();
    expect(session.remembered()).toBeNull();
    await session.renew();
    expect(setUp(undefined, storage).session.remembered()?.color).toBe("#123456");
  });
});

describe("storage", () => {
  it("falls back to memory where the browser forbids it", () => {
    const blocked = browserStorage(() => {
      throw new DOMException("denied", "SecurityError");
    });
    blocked.set("a", "1");
    expect([blocked.lasting, blocked.get("a")]).toEqual([false, "1"]);
  });
});
