import { beforeEach, describe, expect, it } from "vitest";
import { choice, choose, toggle } from "./choice.ts";

const order = ["1", "2", "3", "4", "5"];
const chosen = () => [...choice.get()].sort();

describe("choosing", () => {
  beforeEach(() => choose([]));

  it("takes one in and out again", () => {
    toggle("2");
    toggle("4");
    toggle("2");
    expect(chosen()).toEqual(["4"]);
  });

  it("takes everything between two, in either direction", () => {
    toggle("4");
    toggle("2", order);
    expect(chosen()).toEqual(["2", "3", "4"]);
    toggle("5", order);
    expect(chosen()).toEqual(["2", "3", "4", "5"]);
  });

  it("takes one alone when the one before is no longer listed", () => {
    toggle("9");
    toggle("3", order);
    expect(chosen()).toEqual(["3", "9"]);
  });
});
