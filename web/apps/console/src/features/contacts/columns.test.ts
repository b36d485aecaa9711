import { describe, expect, it } from "vitest";
import { columnsOf } from "./columns.ts";

const field = (key: string, archived = false) =>
  ({ id: key, key, label: key, kind: "text", choices: [], position: 0, archived }) as const;

describe("the columns of the contacts", () => {
  it("are the facts and the fields that are not archived", () => {
    const ids = columnsOf([field("plan"), field("old", true)]).map(({ id }) => id);
    expect(ids).toContain("email");
    expect(ids).toContain("fields.plan");
    expect(ids).not.toContain("fields.old");
  });
});
