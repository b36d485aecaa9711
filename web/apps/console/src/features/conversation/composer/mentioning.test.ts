import { describe, expect, it } from "vitest";
import { mentionAt, mentionedIn } from "./mentioning.ts";

const people = [
  { id: "1", name: "Mei" },
  { id: "2", name: "Mei Lin" },
  { id: "3", name: "周杰" },
];

describe("who is named in a note", () => {
  it("takes the longer of two names that begin alike", () => {
    expect(mentionedIn("@Mei Lin, and @Mei", people)).toEqual(["2", "1"]);
  });

  it("names nobody without the sign, and nobody twice", () => {
    expect(mentionedIn("Mei, 问一下 @周杰 和 @周杰", people)).toEqual(["3"]);
  });
});

describe("whom one is about to name", () => {
  it("is looked for from the sign to the caret", () => {
    expect(mentionAt("ask @me now", 7)).toEqual({ query: "me", from: 4 });
    expect(mentionAt("问@周", 3)).toEqual({ query: "周", from: 1 });
  });

  it("is nobody in an address, or before the sign", () => {
    expect(mentionAt("write to a@b.example", 20)).toBeNull();
    expect(mentionAt("ask @me", 2)).toBeNull();
  });
});
