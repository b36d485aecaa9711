import { expect, it } from "vitest";
import { sends } from "./Composer.tsx";

const key = (init: KeyboardEventInit) => sends(new KeyboardEvent("keydown", init));

it("sends on Enter, and on nothing else", () => {
  expect(key({ key: "Enter" })).toBe(true);
  expect(key({ key: "Enter", shiftKey: true })).toBe(false);
  expect(key({ key: "a" })).toBe(false);
});

it("never sends while an input method composes", () => {
  expect(key({ key: "Enter", isComposing: true })).toBe(false);
  expect(key({ key: "Enter", keyCode: 229 })).toBe(false);
});
