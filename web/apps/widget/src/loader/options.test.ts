import { describe, expect, it } from "vitest";
import { inkOn, pickLanguage, readOptions, type Tag } from "./options.ts";

const page = { lang: "", languages: ["de-DE", "zh-CN"], origin: "https://shop.example" };
const tag = (dataset: Tag["dataset"]): Tag => ({
  src: "https://desk.example/widget.js?v=2",
  dataset,
});

describe("the script tag", () => {
  it("names the channel; without one there is no widget", () => {
    expect(readOptions(tag({}), page, null)).toBeNull();
    expect(readOptions(tag({ channel: "  " }), page, null)).toBeNull();
  });

  it("leads to the chat page of the host it came from, and tells it who embeds it", () => {
    const options = readOptions(tag({ channel: "shop" }), page, null);
    expect(options?.origin).toBe("https://desk.example");
    expect(options?.chat).toBe(
      "https://desk.example/widget/chat.html?channel=shop&language=en&parent=https%3A%2F%2Fshop.example",
    );
  });

  it.each([
    [["zh-TW", "en"], "zh-CN"],
    [[undefined, "zh-Hans"], "zh-CN"],
    [["", "", "ZH"], "zh-CN"],
    [["fr", "zh-CN"], "en"],
    [[], "en"],
  ])("takes the first language named of %j: %s", (wanted, language) => {
    expect(pickLanguage(wanted)).toBe(language);
  });

  it("prefers its own color, then the remembered one, and believes no nonsense", () => {
    const color = (own: string | undefined, remembered: string | null) =>
      readOptions(tag({ channel: "c", ...(own ? { color: own } : {}) }), page, remembered)?.color;
    expect(color("#0a0", "#123456")).toBe("#0a0");
    expect(color("red;}", "#123456")).toBe("#123456");
    expect(color(undefined, "url(x)")).toBe("#1f5eff");
  });

  it("writes black on bright colors and white on dark ones", () => {
    expect(inkOn("#ffd400")).toBe("#000");
    expect(inkOn("#1f5eff")).toBe("#fff");
  });
});
