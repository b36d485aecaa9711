import { expect, it } from "vitest";
import { ar } from "./ar.ts";
import { en } from "./en.ts";
import { type Catalogue, directionOf, load, pickLanguage, translator } from "./i18n.ts";
import { zhCN } from "./zh-CN.ts";

const keys = Object.keys(en) as (keyof typeof en)[];
const names = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort();
const others: [string, Catalogue, RegExp][] = [
  ["zh-CN", zhCN, /\p{Script=Han}/u],
  ["ar", ar, /\p{Script=Arabic}/u],
];

it.each(others)("has every text in %s, with the same values", (_language, catalogue) => {
  const plain = Object.keys(catalogue).filter((key) => !/\.(two|few)$/.test(key));
  expect(plain.sort()).toEqual([...keys].sort());
  for (const key of keys) {
    expect(catalogue[key], key).not.toBe("");
    if (!key.endsWith(".one")) expect(names(catalogue[key]), key).toEqual(names(en[key]));
  }
});

it.each(others)("leaves nothing untranslated in %s", (_language, catalogue, script) => {
  const latin = keys.filter((key) => {
    const text = catalogue[key].replace(/\{\{\w+\}\}/g, "");
    return !key.startsWith("size.") && /[a-z]/i.test(text) && !script.test(text);
  });
  expect(latin).toEqual([]);
});

it("counts", () => {
  const t = translator("en", en);
  expect(t.count("queue.ahead", 1)).toBe("1 person before you");
  expect(t.count("queue.ahead", 4)).toBe("4 people before you");
  expect(translator("zh-CN", zhCN).count("connection.unsent", 3)).toBe("3 条消息待发送");
});

it("counts in Arabic by its own rules", () => {
  const t = translator("ar", ar);
  const said = [1, 2, 3, 10, 11, 100].map((count) => t.count("list.new", count));
  expect(said).toEqual([
    "رسالة جديدة واحدة",
    "رسالتان جديدتان",
    "3 رسائل جديدة",
    "10 رسائل جديدة",
    "11 رسالة جديدة",
    "100 رسالة جديدة",
  ]);
});

it("keeps a name in sight when its value is missing, and values as they are", () => {
  const t = translator("en", en);
  expect(t("system.assigned")).toBe("{{name}} is with you");
  expect(t("system.assigned", { name: "$& {{x}}" })).toBe("$& {{x}} is with you");
});

it("picks the language asked for first", () => {
  expect(pickLanguage([null, "zh-HK", "en"])).toBe("zh-CN");
  expect(pickLanguage(["ar-EG", "en"])).toBe("ar");
  expect(pickLanguage(["fr", "zh"])).toBe("en");
});

it("is written from the side of its language", async () => {
  const loaded = await Promise.all((["en", "zh-CN", "ar"] as const).map(load));
  expect(loaded.map(({ language }) => directionOf(language))).toEqual(["ltr", "ltr", "rtl"]);
  expect(loaded.map((t) => t("leave.name"))).toEqual(["Name", "称呼", "الاسم"]);
});
