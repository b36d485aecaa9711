import { expect, it } from "vitest";
import { addable, isReady, moved, newLine } from "./lines.ts";

const field = (key: string, archived = false) =>
  ({ id: key, key, label: key, kind: "text", choices: [], position: 0, archived }) as const;

it("offers each thing once, questions again and again, and no archived field", () => {
  const lines = [newLine("name"), newLine("field", "plan"), newLine("text", "a")];
  const { kinds, fields } = addable(lines, [field("plan"), field("size"), field("old", true)]);
  expect(kinds).toEqual(["email", "phone", "team", "text", "choice"]);
  expect(fields.map(({ key }) => key)).toEqual(["size"]);
});

it("is ready when somebody could answer", () => {
  expect(isReady(newLine("email"))).toBe(true);
  expect(isReady(newLine("team"))).toBe(false);
  expect(isReady({ ...newLine("team"), teams: ["1"] })).toBe(true);
  expect(isReady(newLine("text"))).toBe(false);
  const label = { "zh-CN": "", en: "Why?" };
  expect(isReady({ ...newLine("text"), label })).toBe(true);
  expect(isReady({ ...newLine("choice"), label })).toBe(false);
  expect(isReady({ ...newLine("choice"), label, choices: { "zh-CN": ["a"], en: [] } })).toBe(true);
});

it("moves a line", () => {
  expect(moved(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
  expect(moved(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
});
