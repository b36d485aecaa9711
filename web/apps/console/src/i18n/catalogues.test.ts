import { describe, expect, it } from "vitest";
import { en as first } from "./en/index.ts";
import { later } from "./en/later.ts";
import { zhCN } from "./zh-CN/index.ts";

function flat(tree: object, path = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string"
      ? [[path + key, value] as [string, string]]
      : flat(value as object, `${path}${key}.`),
  );
}

const slots = (text: string) => [...text.matchAll(/{{\s*(\w+)/g)].map(([, name]) => name).sort();

describe("catalogues", () => {
  const english = flat({ ...first, ...later });
  const chinese = new Map(flat(zhCN));

  it("say everything in both languages, with the same placeholders", () => {
    expect([...chinese.keys()].sort()).toEqual(english.map(([key]) => key).sort());
    const different = english.filter(
      ([key, text]) => slots(text).join() !== slots(chinese.get(key) ?? "").join(),
    );
    expect(different).toEqual([]);
  });

  it("leave nothing in English on Chinese screens", () => {
    const allowed = /^(app\.name|contact\.vip|.*\.(policyName|example).*)$/;
    const same = english.filter(
      ([key, text]) =>
        chinese.get(key) === text &&
        /[a-z]{3}/i.test(text.replace(/{{.*?}}/g, "")) &&
        !allowed.test(key),
    );
    expect(same).toEqual([]);
  });
});
