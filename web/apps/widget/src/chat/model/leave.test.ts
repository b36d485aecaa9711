import { describe, expect, it } from "vitest";
import { check, emptyForm, leaveDraft } from "./leave.ts";
import { memoryStorage } from "./storage.ts";

const good = { ...emptyForm(), name: "王小明", phone: "+86 138-0013-8000", text: "在吗" };

describe("the leave-message form", () => {
  it("wants a name, a text, and one way to answer", () => {
    expect(check(good)).toEqual({});
    expect(check({ ...good, phone: "", email: "a@b.example" })).toEqual({});
    expect(check(emptyForm())).toEqual({
      name: "leave.need_name",
      phone: "leave.need_reach",
      text: "leave.need_text",
    });
  });

  it("says what is wrong with a number or an address", () => {
    expect(check({ ...good, phone: "12" }).phone).toBe("leave.bad_phone");
    expect(check({ ...good, phone: "call me" }).phone).toBe("leave.bad_phone");
    expect(check({ ...good, email: "a@b" }).email).toBe("leave.bad_email");
  });

  it("keeps its draft and its id over a reload", () => {
    const storage = memoryStorage();
    leaveDraft(storage, "shop").write(good);
    expect(leaveDraft(storage, "shop").read()).toEqual(good);
    leaveDraft(storage, "shop").clear();
    expect(leaveDraft(storage, "shop").read().client_id).not.toBe(good.client_id);
  });
});
