import type { Contact, ContactField } from "@frontdesk/api";
import { describe, expect, it } from "vitest";
import { keptOf, picksOf, rowsOf } from "./rows.ts";

const base = {
  id: "1",
  name: "Zhou",
  email: "",
  phone: "1390",
  company: "",
  remark: "",
  external_id: null,
  fields: {},
} as unknown as Contact;
const other: Contact = { ...base, id: "2", phone: "1391", email: "z@example.com" };
const field = (key: string, archived = false) =>
  ({ id: key, key, label: key.toUpperCase(), archived }) as unknown as ContactField;

describe("what two contacts say", () => {
  it("is listed where one says something, and chosen where they differ", () => {
    const rows = rowsOf(
      { ...base, fields: { plan: "gold", old: "x", vip: false } },
      { ...other, fields: { plan: "blue" } },
      [field("plan"), field("vip"), field("size"), field("old", true)],
    );
    expect(rows.map(({ name, differs }) => [name, differs])).toEqual([
      ["name", false],
      ["email", false],
      ["phone", true],
      ["fields.plan", true],
      ["fields.vip", false],
    ]);
    expect(picksOf(rows, { phone: "other", email: "other" })).toEqual({
      phone: "other",
      "fields.plan": "kept",
    });
  });
});

describe("who stays", () => {
  const known: Contact = { ...other, external_id: "u-1" };

  it("is whom one looks at, or the other one on request", () => {
    expect(keptOf(base, other, false)).toBe(base);
    expect(keptOf(base, other, true)).toBe(other);
  });

  it("is always whom the company knows, and nobody where it knows both", () => {
    expect(keptOf(base, known, false)).toBe(known);
    expect(keptOf(known, base, true)).toBe(known);
    expect(keptOf({ ...base, external_id: "u-2" }, known, false)).toBeNull();
  });
});
