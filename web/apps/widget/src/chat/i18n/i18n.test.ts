import { expect, it } from "vitest";
import { en } from "./en.ts";
import { pickLanguage, translator } from "./i18n.ts";
import { zhCN } from "./zh-CN.ts";

const keys = Object.keys(en) as (keyof typeof en)[];
const names = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort();

it("has every text in both languages, with the same values", () => {
  expect(Object.keys(zhCN).sort()).toEqual([...keys].sort());
  for (const key of keys) {
    expect(zhCN[key], key).not.toBe("");
    if (!key.endsWith(".one")) expect(names(zhCN[key]), key).toEqual(names(en[key]));
  }
});

it("leaves nothing untranslated", () => {
  const latin = keys.filter(
    (key) =>
      !key.startsWith("size.") &&
      /[a-z]/i.test(zhCN[key].replace(/\{\{\w+\}\}/g, "")) &&
      !/\p{Script=Han}/u.test(zhCN[key]),
  );
  expect(latin).toEqual([]);
});

it("counts", () => {
  const t = translator("en");
  expect(t.count("queue.ahead", 1)).toBe("1 person before you");
  expect(t.count("queue.ahead", 4)).toBe("4 people before you");
  expect(translator("zh-CN").count("connection.unsent", 3)).toBe("3 条消息待发送");
});

it("keeps a name in sight when its value is missing, and values as they are", () => {
  const t = translator("en");
  expect(t("system.assigned")).toBe("{{name}} is with you");
  expect(t("system.assigned", { name: "$& {{x}}" })).toBe("$& {{x}} is with you");
});

it("picks the language asked for first", () => {
  expect(pickLanguage([null, "zh-HK", "en"])).toBe("zh-CN");
  expect(pickLanguage(["fr", "zh"])).toBe("en");
});
