import { describe, expect, it } from "vitest";
import { isJustEmoji, linkify } from "./linkify.ts";

const links = (text: string) =>
  linkify(text).flatMap((piece) => (typeof piece === "string" ? [] : [piece.href]));
const whole = (text: string) =>
  linkify(text)
    .map((piece) => (typeof piece === "string" ? piece : piece.text))
    .join("");

describe("linkify", () => {
  it.each([
    ["see https://a.example/b?c=d#e.", ["https://a.example/b?c=d#e"]],
    ["订单在https://a.example/订单。谢谢", ["https://a.example/订单"]],
    ["(https://a.example/x_(y))", ["https://a.example/x_(y)"]],
    ["(see http://a.example)", ["http://a.example"]],
    ["write to help@shop.example, please", ["mailto:help@shop.example"]],
    ["mailto:a@b.example?subject=x", ["mailto:a@b.example?subject=x"]],
    ["https://a.example https://b.example", ["https://a.example", "https://b.example"]],
  ])("finds the links in %j", (text, expected) => {
    expect(links(text)).toEqual(expected);
  });

  it.each([
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "ftp://a.example",
    "vbscript:x file:///etc/passwd",
    "https://",
    "no links, 3.14 and a.b",
    "<a href='x'>",
  ])("leaves %j alone", (text) => {
    expect(linkify(text)).toEqual([text]);
  });

  it("loses no character", () => {
    for (const text of ["", " https://a.example. ", "a\nhttps://b.example,\nc@d.example!"]) {
      expect(whole(text)).toBe(text);
    }
  });

  it("is quick on a text made to be slow", () => {
    const started = performance.now();
    linkify(`${"a.".repeat(2000)}@${"b.".repeat(1000)}`);
    linkify(`https://a.example/${")".repeat(3900)}`);
    // A tenth of a second on an idle machine; the slow way would take minutes.
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

it("shows emoji alone large", () => {
  expect(isJustEmoji("👍")).toBe(true);
  expect(isJustEmoji("👨‍👩‍👧 ❤️ 👋🏽")).toBe(true);
  expect(isJustEmoji("👍👍👍👍")).toBe(false);
  expect(isJustEmoji("ok 👍")).toBe(false);
  expect(isJustEmoji("123")).toBe(false);
});
