import { describe, expect, it } from "vitest";
import { hiddenHost } from "./hosts.ts";
import { linkify } from "./links.ts";

const typed = (address: string) => {
  const [piece] = linkify(address);
  return hiddenHost(piece?.text ?? "", piece?.href ?? "");
};

describe("a link that leads elsewhere than it looks", () => {
  it("is told by its host when letters are mixed to look like others", () => {
    expect(typed("https://аpple.com/login")).toBe("xn--pple-43d.com");
    expect(typed("https://аррӏе.com")).toBe("xn--80ak6aa92e.com");
    expect(typed("https://paypaӏ.com")).toMatch(/^xn--/);
    expect(typed("https://gооgle.com")).toMatch(/^xn--/);
    expect(typed("https://ɡithub.com")).toMatch(/^xn--/);
  });

  it("is told by its host when a name stands before it", () => {
    expect(typed("https://bank.com@evil.example/")).toBe("evil.example");
    expect(hiddenHost("bank", "https://user:pw@evil.example/")).toBe("evil.example");
  });

  it("is told by its host when its words name another", () => {
    const evil = "https://evil.example/a";
    expect(hiddenHost("https://bank.com", evil)).toBe("evil.example");
    expect(hiddenHost("www.bank.com", evil)).toBe("evil.example");
    expect(hiddenHost("bank.com/login", evil)).toBe("evil.example");
    expect(hiddenHost("https://evil.example.bank.com", evil)).toBe("evil.example");
  });
});

describe("a link that is what it looks", () => {
  it("is left as it was written", () => {
    expect(typed("https://example.org/а/путь?q=客服")).toBeNull();
    expect(typed("https://例子.cn/x")).toBeNull();
    expect(typed("https://例子.中国")).toBeNull();
    expect(typed("https://пример.рф/")).toBeNull();
    expect(typed("https://müller.de/")).toBeNull();
    expect(typed("https://xn--pple-43d.com/")).toBeNull();
    expect(typed("http://127.0.0.1:8080/x")).toBeNull();
    expect(typed("ada@example.org")).toBeNull();
  });

  it("may have words, also such with a dot", () => {
    expect(hiddenHost("the lamp", "https://shop.example/lamp")).toBeNull();
    expect(hiddenHost("Node.js", "https://nodejs.org/")).toBeNull();
    expect(hiddenHost("order.pdf", "https://shop.example/1")).toBeNull();
    expect(hiddenHost("bank.com", "https://www.bank.com/login")).toBeNull();
  });
});
