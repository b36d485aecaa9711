import { describe, expect, it, vi } from "vitest";
import { ApiError } from "./api.ts";
import type { SessionAnswer } from "./look.ts";
import { personal, subjectOf } from "./personal.ts";
import { createSession } from "./session.ts";
import { memoryStorage } from "./storage.ts";

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
      opens_at: null,
      mails: false,
      theme: "auto",
    },
    conversation: null,
    unread: 0,
    form: [],
  };
}

function setUp(
  ask = vi.fn(async () => answer()),
  device = memoryStorage(),
  time = () => 0,
  identity: string | null = null,
) {
  const storage = personal(device, subjectOf(identity));
  const refused = vi.fn();
  const session = createSession({
    channel: "shop",
    language: "en",
    storage,
    page: () => ({ url: "https://shop.example/", title: "Shop", referrer: "" }),
    identity: () => identity,
    refused,
    ask,
    now: time,
  });
  return { ask, session, storage: device, refused };
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

  it("is one visitor when two tabs come for the first time at once", async () => {
    let last: Promise<unknown> = Promise.resolve();
    const request = (_: string, work: () => Promise<unknown>) => {
      last = last.then(work);
      return last;
    };
    vi.stubGlobal("navigator", { locks: { request } });
    const { ask, session, storage } = setUp();
    await Promise.all([session.renew(), setUp(ask, storage).session.renew()]);
    vi.unstubAllGlobals();
    const bodies = ask.mock.calls.map(([body]: unknown[]) => body as { visitor_key?: string });
    expect(bodies.map((body) => body.visitor_key)).toEqual([undefined, "secret"]);
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

const signed = (sub: string) => `h.${btoa(JSON.stringify({ sub }))}.s`;
const bodies = (ask: ReturnType<typeof setUp>["ask"]) =>
  ask.mock.calls.map(([body]: unknown[]) => body as Record<string, unknown>);

const unauthenticated = (code: string) =>
  new ApiError({ kind: "unauthenticated", code, message: "", hint: "" });

describe("a visitor whom the page has signed in", () => {
  it("takes along who they were, once, and keeps no key on the device", async () => {
    const device = memoryStorage();
    await setUp(undefined, device).session.renew();
    device.set("frontdesk.draft.shop", "half a question");
    const { ask, session } = setUp(undefined, device, undefined, signed("amy"));
    await session.renew();
    await session.renew();
    expect(bodies(ask)).toMatchObject([
      { identity: signed("amy"), visitor_key: "secret" },
      { visitor_key: "secret" },
    ]);
    expect(bodies(ask)[1]).not.toHaveProperty("identity");
    expect(device.get("frontdesk.visitor.shop")).toBeNull();
    expect(device.get("frontdesk.draft.shop")).toBeNull();
    expect(personal(device, "amy").get("frontdesk.draft.shop")).toBe("half a question");
  });

  it("leaves nothing to who comes next on the same device", async () => {
    const device = memoryStorage();
    const amy = setUp(undefined, device, undefined, signed("amy"));
    await amy.session.renew();
    personal(device, "amy").set("frontdesk.first:1.shop", "{}");
    for (const next of [null, signed("bob")]) {
      const { ask, session } = setUp(undefined, device, undefined, next);
      await session.renew();
      expect(bodies(ask)[0]).not.toHaveProperty("visitor_key");
      expect(session.former).toBeNull();
      device.set("frontdesk.visitor.shop", null);
      device.set("frontdesk.contact.shop", null);
    }
    expect(personal(device, "bob").ids("first", "shop")).toEqual([]);
    expect(personal(device, null).ids("first", "shop")).toEqual([]);
    expect(personal(device, "amy").ids("first", "shop")).toEqual(["1"]);
  });

  it("is told when the server does not believe it, and nothing goes on", async () => {
    const forged = unauthenticated("channels.identity");
    const { session, refused, storage } = setUp(
      vi.fn(() => Promise.reject(forged)),
      undefined,
      undefined,
      signed("amy"),
    );
    const settled = vi.fn();
    session.renew().then(settled, settled);
    await vi.waitFor(() => expect(refused).toHaveBeenCalledWith(forged));
    expect(settled).not.toHaveBeenCalled();
    expect(storage.keys()).toEqual([]);
  });

  it("says who it is at every renewal where the channel asks for it", async () => {
    const ask = vi.fn(async () => answer());
    const { session } = setUp(ask, undefined, undefined, signed("amy"));
    await session.renew();
    ask.mockRejectedValueOnce(unauthenticated("channels.identity-required"));
    await session.renew();
    await session.renew();
    const said = bodies(ask).map((body) => "identity" in body);
    expect(said).toEqual([true, false, true, true]);
  });

  it("waits through a bad network without being taken for refused", async () => {
    const { session, refused } = setUp(
      vi.fn(() => Promise.reject(down)),
      undefined,
      undefined,
      signed("amy"),
    );
    await expect(session.renew()).rejects.toBe(down);
    expect(refused).not.toHaveBeenCalled();
  });
});

describe("signing out", () => {
  it("writes down nothing of an answer that comes after it", async () => {
    const { session, storage } = setUp();
    void session.renew();
    session.end();
    await new Promise((resolve) => setTimeout(resolve));
    expect(storage.keys()).toEqual([]);
  });

  it("forgets what the visitor left, and nothing of other people or channels", () => {
    const device = memoryStorage({
      "frontdesk.visitor.shop": "secret",
      "frontdesk.contact.shop": "1",
      "frontdesk.contact.shop@a.b": "2",
      "frontdesk.look.shop.en": "{}",
      "frontdesk.unsent.shop.1.x": "{}",
      "frontdesk.unsent.shop.2.x": "{}",
      "frontdesk.unsent.shop.3.x": "{}",
      "frontdesk.first:1.shop@bob": "{}",
      "frontdesk.first:2.shop@a.b": "{}",
      "frontdesk.first:3.shop": "{}",
      "frontdesk.visitor.shop-two": "other",
      "frontdesk.muted": "1",
      somebody: "else's",
    });
    expect(personal(device, "a.b").forget("shop")).toEqual(["1", "2"]);
    expect(device.keys().sort()).toEqual([
      "frontdesk.first:1.shop@bob",
      "frontdesk.muted",
      "frontdesk.unsent.shop.3.x",
      "frontdesk.visitor.shop-two",
      "somebody",
    ]);
  });

  it("takes any token for nobody's that is none", () => {
    for (const odd of [null, "", "a", "a.b.c", `a.${btoa("[]")}.c`, `a.${btoa("null")}.c`]) {
      expect(subjectOf(odd)).toBeNull();
    }
    expect(subjectOf(signed("amy"))).toBe("amy");
  });
});
