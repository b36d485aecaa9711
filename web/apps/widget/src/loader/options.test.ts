import type { FrontdeskOptions } from "@frontdesk/embed";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Look } from "./look.ts";
import { inkOn, pickLanguage, readOptions } from "./options.ts";

const src = "https://desk.example/widget.js?v=2";
const look: Look = {
  channel: "c",
  color: "#123456",
  position: "left",
  bottom: 44,
  icon: "https://shop.example/i.png",
  theme: "dark",
  language: "",
  "zh-CN": { text: "帮助", greeting: "您好" },
  en: { text: "Help", greeting: "Hello" },
};
const read = (dataset: DOMStringMap, told?: Look) => readOptions(dataset, src, told);

beforeEach(() => {
  vi.stubGlobal("origin", "https://shop.example");
  vi.spyOn(navigator, "languages", "get").mockReturnValue(["de-DE", "zh-CN"]);
});
afterEach(() => vi.unstubAllGlobals());

describe("the script tag", () => {
  it("names the channel; without one there is no widget", () => {
    expect(read({})).toBeNull();
    expect(read({ channel: "  " })).toBeNull();
  });

  it("leads to the chat page of the host it came from, and tells it who embeds it", () => {
    const options = read({ channel: "shop" });
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

  it("stands as the channel is set, in the page's language", () => {
    expect(read({ channel: "c" }, look)).toMatchObject({
      color: "#123456",
      fixedColor: false,
      position: "left",
      bottom: 44,
      icon: "https://shop.example/i.png",
      theme: "dark",
      text: "Help",
      greeting: "Hello",
      language: "en",
    });
    expect(read({ channel: "c", language: "zh" }, look)?.text).toBe("帮助");
    expect(read({ channel: "c" }, { ...look, language: "zh-CN" })?.greeting).toBe("您好");
    expect(read({ channel: "c", language: "en" }, { ...look, language: "zh-CN" })?.text).toBe(
      "Help",
    );
    expect(new URL(read({ channel: "c" }, look)?.chat ?? "").searchParams.get("theme")).toBe(
      "dark",
    );
  });

  it("lets the page say otherwise, and takes nothing of another channel's", () => {
    const own = {
      color: "#0a0",
      position: "right",
      bottom: "0",
      text: "Ask",
      greeting: "Hi",
      theme: "light",
    };
    expect(read({ channel: "c", ...own }, look)).toMatchObject({
      ...own,
      bottom: 0,
      fixedColor: true,
    });
    expect(read({ channel: "other" }, look)).toMatchObject({
      color: "#1f5eff",
      position: "right",
      text: "",
    });
    expect(read({ channel: "c", color: "red;}" })?.color).toBe("#1f5eff");
  });

  it("says the same as an object does, and takes no nonsense", () => {
    const given = { channel: "shop", position: "left", bottom: 80, text: "Help", button: false };
    const said = { channel: "shop", position: "left", bottom: "80", text: "Help", button: "false" };
    expect(read(said)).toEqual(readOptions(given as FrontdeskOptions, src));
    expect(read({ channel: "c" })?.bottom).toBe(20);
    expect(read({ channel: "c", target: "#nowhere" })).toBeNull();
  });

  it("ignores what a page has put on every object", () => {
    const proto = Object.prototype as unknown as Record<string, unknown>;
    Object.assign(proto, { color: "#ff0000", target: "#x", greeting: "polluted", channel: "evil" });
    try {
      expect(read({ channel: "shop" })).toMatchObject({ color: "#1f5eff", greeting: "" });
      expect(readOptions({}, src)).toBeNull();
    } finally {
      for (const name of ["color", "target", "greeting", "channel"]) delete proto[name];
    }
  });

  it("opens the chat in a window of its own where the page has no origin", () => {
    vi.stubGlobal("origin", "null");
    const options = read({ channel: "shop" });
    expect(options?.apart).toBe(true);
    expect(options?.chat).not.toContain("parent");
  });

  it("writes black on bright colors and white on dark ones", () => {
    expect(inkOn("#ffd400")).toBe("#000");
    expect(inkOn("#1f5eff")).toBe("#fff");
  });
});
