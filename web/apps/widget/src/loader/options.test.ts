import type { FrontdeskOptions } from "@frontdesk/embed";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { inkOn, pickLanguage, readOptions } from "./options.ts";

const src = "https://desk.example/widget.js?v=2";
const read = (dataset: DOMStringMap) => readOptions(dataset, src);

beforeEach(() => {
  vi.stubGlobal("origin", "https://shop.example");
  vi.spyOn(navigator, "languages", "get").mockReturnValue(["de-DE", "zh-CN"]);
  localStorage.clear();
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

  it("prefers its own color, then the remembered one, and believes no nonsense", () => {
    const color = (own: string | undefined, remembered: string) => {
      localStorage.setItem("frontdesk.color.c", remembered);
      return read({ channel: "c", ...(own ? { color: own } : {}) })?.color;
    };
    expect(color("#0a0", "#123456")).toBe("#0a0");
    expect(color("red;}", "#123456")).toBe("#123456");
    expect(color(undefined, "url(x)")).toBe("#1f5eff");
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
