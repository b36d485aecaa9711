import type { Entry } from "@frontdesk/realtime";
import { describe, expect, it } from "vitest";
import { cut, lastWords } from "./words.ts";
import { answered } from "./writing.ts";

const said = (kind: string, text: string, more: object = {}) =>
  ({ kind: "message", sender: { kind, id: "1" }, body: { type: "text", text }, ...more }) as Entry;

describe("what is looked up when one opens the knowledge", () => {
  it("is what the customer wrote last, whatever was said since", () => {
    const log = [said("visitor", "Old?"), said("visitor", " How much? "), said("agent", "Hm.")];
    expect(lastWords(log)).toBe("How much?");
  });

  it("passes over pictures, signs and what was recalled", () => {
    const picture = said("visitor", "");
    const log = [
      said("visitor", "How much?"),
      said("visitor", "???"),
      { ...picture, body: { type: "image", name: "a.png" } } as unknown as Entry,
      said("visitor", "oops", { recalled: true }),
    ];
    expect(lastWords(log)).toBe("How much?");
    expect(lastWords([])).toBe("");
  });

  it("is cut between characters", () => {
    expect(cut("😀".repeat(600))).toBe("😀".repeat(500));
  });
});

describe("answering with what was found", () => {
  it("puts it behind what is written, on a line of its own", () => {
    expect(answered({ text: "", note: false }, "Free.").text).toBe("Free.");
    expect(answered({ text: "Hello! ", note: false, quotes: 3 }, "Free.")).toEqual({
      text: "Hello!\nFree.",
      note: false,
      quotes: 3,
    });
  });

  it("makes an answer of an empty note, and never shows the words of a note to the customer", () => {
    expect(answered({ text: "", note: true }, "Free.").note).toBe(false);
    expect(answered({ text: "difficult one", note: true }, "Free.").note).toBe(true);
  });
});
