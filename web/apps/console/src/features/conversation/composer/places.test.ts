import { describe, expect, it } from "vitest";
import { type Facts, fillPlaces, gapOf } from "./places.ts";

const facts: Facts = {
  "contact.name": "陈先生",
  "contact.email": "",
  "contact.phone": " ",
  "agent.name": "美美",
  "organization.name": "Lantern",
};
const names: Facts = {
  "contact.name": "name",
  "contact.email": "e-mail",
  "contact.phone": "phone",
  "agent.name": "agent",
  "organization.name": "organization",
};

describe("places in saved replies", () => {
  it("are filled with what is known, and the caret goes to the end", () => {
    const { value, start, end } = fillPlaces("{contact.name}您好，我是{agent.name}", facts, names);
    expect(value).toBe("陈先生您好，我是美美");
    expect([start, end]).toEqual([value.length, value.length]);
    expect(gapOf(value)).toBeNull();
  });

  it("are marked and selected where nothing is known", () => {
    const { value, start, end } = fillPlaces("{contact.name}: {contact.phone}?", facts, names);
    expect(value).toBe("陈先生: ⟦phone⟧?");
    expect(value.slice(start, end)).toBe("⟦phone⟧");
    expect(gapOf(value)).toBe("⟦phone⟧");
  });

  it("leave other braces alone, and what a customer calls themselves is not read again", () => {
    expect(fillPlaces("{order} {contact.age} {}", facts, names).value).toBe(
      "{order} {contact.age} {}",
    );
    const sly = { ...facts, "contact.name": "{agent.name}$&" };
    expect(fillPlaces("{contact.name}", sly, names).value).toBe("{agent.name}$&");
  });
});
