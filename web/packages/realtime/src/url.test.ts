import { describe, expect, it } from "vitest";
import { realtimeUrl } from "./url.ts";

describe("realtimeUrl", () => {
  it("keeps a secure page on a secure socket", () => {
    expect(realtimeUrl("https://desk.example/console/", "/v1/rt")).toBe("wss://desk.example/v1/rt");
  });

  it("uses a plain socket for a plain page", () => {
    expect(realtimeUrl("http://127.0.0.1:8080/", "/v1/rt")).toBe("ws://127.0.0.1:8080/v1/rt");
  });
});
