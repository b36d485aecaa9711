import { describe, expect, it } from "vitest";
import { keyOf } from "./key.ts";

describe("the key of a field", () => {
  it("is made of the label's letters and digits", () => {
    expect(keyOf("Customer number", [])).toBe("customer_number");
    expect(keyOf("  2nd Größe (cm)! ", [])).toBe("nd_gro_e_cm");
  });

  it("is numbered where the label has no Latin letter, or the key is taken", () => {
    expect(keyOf("会员等级", ["field_1"])).toBe("field_2");
    expect(keyOf("Plan", ["plan", "plan_2"])).toBe("plan_3");
  });

  it("fits what the server takes, however long the label is", () => {
    expect(keyOf("a b ".repeat(30), [])).toMatch(/^[a-z][a-z0-9_]{0,39}$/);
    expect(keyOf("", [])).toBe("field_1");
  });
});
