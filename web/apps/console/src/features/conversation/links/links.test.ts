import type { Entry } from "@frontdesk/realtime";
import { describe, expect, it } from "vitest";
import { linksOf } from "./links.ts";

const entry = (kind: string, body: object, rest: object = {}) =>
  ({ id: "1", seq: 4, kind, at: 0, sender: { kind: "visitor", id: "2" }, body, ...rest }) as Entry;
const text = (words: string, format?: string) =>
  linksOf(entry("message", { type: "text", text: words, ...(format ? { format } : {}) }));

describe("the links of an entry", () => {
  it("are web addresses, letter by letter, each once and three at most", () => {
    expect(text("看 https://a.cn/x。再看 HTTP://b.cn/路?q=1#z, https://a.cn/x")).toEqual([
      "https://a.cn/x",
      "HTTP://b.cn/路?q=1#z",
    ]);
    expect(text("https://1.cn https://2.cn https://3.cn https://4.cn")).toHaveLength(3);
    expect(text("mail a@b.cn, javascript:alert(1)")).toEqual([]);
  });

  it("stand behind words and between marks where those are drawn", () => {
    const words = "**https://a.cn** and [there](https://b.cn/x)和 [no](javascript:alert(1))";
    expect(text(words, "markdown")).toEqual(["https://b.cn/x", "https://a.cn"]);
  });

  it("are in cards, notes and whispers as well", () => {
    const card = {
      type: "card",
      title: "t",
      text: "https://a.cn",
      buttons: [{ link: "https://b.cn" }],
    };
    expect(linksOf(entry("message", card))).toEqual(["https://a.cn", "https://b.cn"]);
    expect(linksOf(entry("note", { text: "https://a.cn" }))).toEqual(["https://a.cn"]);
    expect(linksOf(entry("whisper", { text: "https://a.cn", to: { id: "1", name: "x" } }))).toEqual(
      ["https://a.cn"],
    );
  });

  it("are none in what was taken back, in files and in what happened", () => {
    expect(linksOf(entry("message", {}, { recalled: true }))).toEqual([]);
    expect(linksOf(entry("message", { type: "file", name: "https://a.cn" }))).toEqual([]);
    expect(linksOf(entry("closed", { by: "agent", reason: "agent" }))).toEqual([]);
  });
});
