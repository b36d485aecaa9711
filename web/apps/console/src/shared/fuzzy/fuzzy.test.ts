import { describe, expect, it } from "vitest";
import { rank, score } from "./fuzzy.ts";

describe("fuzzy search", () => {
  it("prefers beginnings to middles to scattered letters", () => {
    expect(score("ref", "Refund")).toBeGreaterThan(score("fun", "Refund"));
    expect(score("fun", "Refund")).toBeGreaterThan(score("rfd", "Refund"));
    expect(score("xyz", "Refund")).toBe(0);
  });

  it("finds Chinese by any part", () => {
    const replies = [{ t: "发货时间" }, { t: "退款多久到账" }, { t: "如何申请退款" }];
    expect(rank("退款", replies, ({ t }) => [t]).map(({ t }) => t)).toEqual([
      "退款多久到账",
      "如何申请退款",
    ]);
  });

  it("ranks a hit in the title above one in the text", () => {
    const replies = [
      { title: "Greeting", text: "refund" },
      { title: "Refund", text: "…" },
    ];
    expect(rank("refund", replies, (r) => [r.title, r.text])[0]?.title).toBe("Refund");
  });

  it("keeps the given order when nothing is asked", () => {
    expect(rank("", ["b", "a"], (text) => [text])).toEqual(["b", "a"]);
  });
});
