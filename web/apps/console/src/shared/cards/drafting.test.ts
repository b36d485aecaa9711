import { describe, expect, it } from "vitest";
import {
  bodyOf,
  draftOf,
  emptyCard,
  isComplete,
  isWebAddress,
  lacksOf,
  newButton,
} from "./drafting.ts";

describe("a card that is being written", () => {
  it("is complete with a title alone", () => {
    expect(isComplete(emptyCard)).toBe(false);
    expect(isComplete({ ...emptyCard, title: "  " })).toBe(false);
    expect(isComplete({ ...emptyCard, title: "Lanterns" })).toBe(true);
  });

  it("lacks a label, and what its button does", () => {
    const button = newButton();
    expect(lacksOf(button)).toEqual({ label: "needLabel", does: "needReply" });
    expect(lacksOf({ ...button, does: "link", label: "See" })).toEqual({ does: "needLink" });
    expect(lacksOf({ ...button, label: "Yes", reply: "Yes, please" })).toEqual({});
    expect(isComplete({ ...emptyCard, title: "Lanterns", buttons: [button] })).toBe(false);
  });

  it("sends of a button only what it does", () => {
    const written = { label: " See ", link: " https://shop.example ", reply: "Yes " };
    const both = { ...newButton(), ...written };
    const body = bodyOf({
      title: " Lanterns ",
      text: "",
      buttons: [
        { ...both, does: "link" },
        { ...both, does: "reply" },
      ],
    });
    expect(body.title).toBe("Lanterns");
    expect(body.buttons).toEqual([
      { label: "See", link: "https://shop.example" },
      { label: "See", reply: "Yes" },
    ]);
  });

  it("is the same after it was opened and not changed", () => {
    const body = {
      type: "card",
      title: "Lanterns",
      text: "Red ones",
      buttons: [
        { label: "See", link: "https://shop.example" },
        { label: "Yes", reply: "Yes, please" },
      ],
    } as const;
    expect(bodyOf(draftOf(body))).toEqual(body);
    expect(bodyOf(draftOf({ type: "card", title: "A" }))).toEqual({
      type: "card",
      title: "A",
      text: "",
      buttons: [],
    });
  });

  it("opens pages of the web only", () => {
    expect(isWebAddress("https://shop.example/a?b#c")).toBe(true);
    expect(isWebAddress("http://shop.example/@home")).toBe(true);
    for (const bad of [
      "",
      "shop.example",
      "javascript:alert(1)",
      "https://",
      "https://shop.example@evil.example",
      "https://@evil.example",
      "https://shop.example\\@evil.example",
      "https://shop example",
      "mailto:a@shop.example",
    ]) {
      expect(isWebAddress(bad), bad).toBe(false);
    }
  });
});
