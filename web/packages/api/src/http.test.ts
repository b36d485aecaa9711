import { describe, expect, it, vi } from "vitest";
import { ApiError, address, createHttp } from "./http.ts";

const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": "application/json" },
  });

describe("address", () => {
  it("leaves out what is not asked for", () => {
    expect(address("/v1/search", { q: "退款", from: undefined, agent_id: "" })).toBe(
      "/v1/search?q=%E9%80%80%E6%AC%BE",
    );
  });

  it("says a list by the same name several times", () => {
    const query = { state: ["open", "waiting"], q: "lamp" };
    expect(address("/v1/tickets", query)).toBe("/v1/tickets?state=open&state=waiting&q=lamp");
  });
});

describe("createHttp", () => {
  it("renews a refused token once and repeats the request", async () => {
    const fetch = vi
      .fn()
      .mockResolvedValueOnce(json(401, {}))
      .mockResolvedValueOnce(json(200, { items: [] }));
    const http = createHttp({ token: async () => "old", refused: async () => "new", fetch });
    await expect(http("GET", "/v1/teams")).resolves.toEqual({ items: [] });
    expect(fetch.mock.calls[1]?.[1].headers.get("Authorization")).toBe("Bearer new");
  });

  it("carries the server's own words", async () => {
    const error = { kind: "conflict", code: "agent.full", message: "No seat left.", hint: "" };
    const fetch = vi.fn().mockResolvedValue(json(409, { error }));
    const http = createHttp({ token: async () => "t", refused: async () => null, fetch });
    await expect(http("POST", "/v1/x")).rejects.toMatchObject({ status: 409, wire: error });
  });

  it("says that the server was not reached", async () => {
    const fetch = vi.fn().mockRejectedValue(new TypeError("Failed to fetch"));
    const http = createHttp({ token: async () => "t", refused: async () => null, fetch });
    const failure = await http("GET", "/v1/me").catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApiError);
    expect((failure as ApiError).wire.kind).toBe("unavailable");
  });
});
