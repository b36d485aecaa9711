import type { Me, Permission } from "@frontdesk/api";
import type { Snapshot } from "@frontdesk/realtime";
import { describe, expect, it } from "vitest";
import { possible } from "../possible.ts";
import { categoryGroups } from "./categories.ts";

describe("categoryGroups", () => {
  it("groups paths by their first step, in their order", () => {
    expect(categoryGroups(["订单/退款", "其他", "订单/物流/破损"])).toEqual([
      {
        name: "订单",
        leaves: [
          { path: "订单/退款", label: "退款" },
          { path: "订单/物流/破损", label: "物流 / 破损" },
        ],
      },
      { name: "", leaves: [{ path: "其他", label: "其他" }] },
    ]);
  });

  it("does not mistake a longer name for a child", () => {
    expect(categoryGroups(["Order", "Orders/Refund"]).map(({ name }) => name)).toEqual([
      "Orders",
      "",
    ]);
  });

  it("keeps a step that is a category itself", () => {
    const [group] = categoryGroups(["Orders", "Orders/Refund"]);
    expect(group?.leaves.map(({ label }) => label)).toEqual(["Orders", "Refund"]);
  });
});

describe("possible", () => {
  const agent = { id: "7" } as Snapshot["agent"];
  const me = (id: string, ...permissions: Permission[]) =>
    ({ agent: { id }, permissions }) as unknown as Me;
  const rights = ["conversation.write_own", "conversation.take", "conversation.transfer"] as const;

  it("depends on whose it is and how it stands", () => {
    expect(possible(me("7", ...rights), { state: "waiting", agent: null })).toEqual([
      "macros",
      "take",
    ]);
    expect(possible(me("7", ...rights), { state: "active", agent })).toContain("close");
    expect(possible(me("8", ...rights), { state: "active", agent })).toEqual(["macros"]);
    const leader = me("8", ...rights, "conversation.close_any");
    expect(possible(leader, { state: "active", agent })).toEqual(["macros", "transfer", "close"]);
    expect(possible(me("7"), { state: "waiting", agent: null })).toEqual([]);
  });
});
