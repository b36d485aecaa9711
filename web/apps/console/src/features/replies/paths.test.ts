import { describe, expect, it } from "vitest";
import { pathsOf } from "./paths.ts";

describe("pathsOf", () => {
  it("takes one path a line and tidies it", () => {
    expect(pathsOf("订单 / 退款\n\n 其他/ \n订单/退款\n")).toEqual(["订单/退款", "其他"]);
  });
});
