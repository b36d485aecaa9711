import { beforeEach, describe, expect, it } from "vitest";
import { columnsOf, rememberColumns, rememberedColumns } from "./columns.ts";

const field = (key: string, archived = false) =>
  ({ id: key, key, label: key, kind: "text", choices: [], position: 0, archived }) as const;

describe("the columns of the contacts", () => {
  beforeEach(() => localStorage.clear());

  it("are the facts and the fields that are not archived", () => {
    const ids = columnsOf([field("plan"), field("old", true)]).map(({ id }) => id);
    expect(ids).toContain("email");
    expect(ids).toContain("fields.plan");
    expect(ids).not.toContain("fields.old");
  });

  it("are remembered for each agent", () => {
    rememberColumns("1", ["phone", "fields.plan"]);
    expect(rememberedColumns("1")).toEqual(["phone", "fields.plan"]);
    expect(rememberedColumns("2")).toContain("email");
  });

  it("are the usual ones where something else was kept", () => {
    localStorage.setItem("frontdesk.contact-columns.1", "{broken");
    expect(rememberedColumns("1")).toContain("email");
    localStorage.setItem("frontdesk.contact-columns.1", "[1, null]");
    expect(rememberedColumns("1")).toEqual([]);
  });
});
