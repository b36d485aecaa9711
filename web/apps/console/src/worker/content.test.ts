import { describe, expect, it } from "vitest";
import { notification, read } from "./content.ts";

describe("what a push message becomes", () => {
  it("is who it is from and what it is, in the device's language", () => {
    const content = {
      kind: "message",
      language: "zh-CN",
      conversation: "7",
      name: "访客 7F3K",
    } as const;
    const [title, options] = notification(content);
    expect([title, options.body, options.lang]).toEqual(["访客 7F3K", "新消息", "zh-CN"]);
    expect(notification({ ...content, language: "en" })[1].body).toBe("New message");
  });

  it("has the words only where they were sent", () => {
    const content = { kind: "message", language: "en", conversation: "7", name: "Ada" } as const;
    expect(notification({ ...content, text: "Where is it?" })[1].body).toBe(
      "New message\nWhere is it?",
    );
  });

  it("takes the place of an older one of the same conversation, and not of a mention", () => {
    const at = { language: "en", conversation: "7", name: "Ada" };
    const tag = (kind: "message" | "offer" | "mention" | "silent" | "warned" | "breached") =>
      notification({ ...at, kind })[1].tag;
    expect(tag("message")).toBe(tag("offer"));
    expect(tag("message")).not.toBe(tag("mention"));
    expect(tag("breached")).toBe(tag("warned"));
    expect(new Set([tag("message"), tag("silent"), tag("breached")]).size).toBe(3);
  });

  it("is nothing when it is not ours", () => {
    for (const strange of [null, undefined, "text", 7, {}, { kind: "advert" }]) {
      expect(read(strange)).toBeNull();
    }
  });
});
