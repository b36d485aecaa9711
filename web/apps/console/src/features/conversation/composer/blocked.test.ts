import type { Me } from "@frontdesk/api";
import type { Snapshot } from "@frontdesk/realtime";
import { describe, expect, it } from "vitest";
import { blocked } from "./blocked.ts";
import { slashQuery } from "./useSavedReplies.ts";

const rights = {
  agent: ["conversation.write_own"],
  leader: ["conversation.write_own"],
  inspector: [],
};
const me = (role: keyof typeof rights) =>
  ({ agent: { id: "7" }, permissions: rights[role] }) as unknown as Me;
const header = (state: string, agent: string | null = "7") =>
  ({ state, agent: agent ? { id: agent } : null }) as Snapshot;

describe("blocked", () => {
  it("lets me answer what is mine while I am here", () => {
    expect(blocked(me("agent"), header("active"), "online")).toBeNull();
    expect(blocked(me("agent"), header("active"), "busy")).toBeNull();
  });

  it("says why not", () => {
    expect(blocked(me("agent"), header("closed"), "online")).toBe("closed");
    expect(blocked(me("agent"), header("waiting", null), "online")).toBe("waiting");
    expect(blocked(me("leader"), header("active", "8"), "online")).toBe("other");
    expect(blocked(me("agent"), header("active"), "offline")).toBe("offline");
    expect(blocked(me("inspector"), header("active", "8"), "online")).toBe("role");
  });
});

describe("slashQuery", () => {
  it("looks only at a text that begins with a slash", () => {
    expect(slashQuery("/退款")).toBe("退款");
    expect(slashQuery("see /x")).toBeNull();
    expect(slashQuery("/a\nb")).toBeNull();
  });
});
