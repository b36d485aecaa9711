import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const page = read("../../../../docs/widget.md");
const types = read("./types.ts");

/** The members of an interface, by the two spaces before each. */
function members(name: string): string[] {
  const body = types.split(`export interface ${name} {`)[1]?.split("\n}")[0] ?? "";
  return [...body.matchAll(/^ {2}(?:readonly )?(\w+)[?(:<]/gm)].map(([, member]) => member ?? "");
}

/** What is written as code in the first column of the table with that head. */
function rows(head: string): string[] {
  const table = page.split(`| ${head} |`)[1]?.split("\n\n")[0] ?? "";
  const firsts = table
    .split("\n")
    .slice(2)
    .map((row) => row.split("|")[1] ?? "");
  return firsts.flatMap((cell) => [...cell.matchAll(/`(\w+)/g)].map(([, name]) => name ?? ""));
}

it.each([
  ["FrontdeskOptions", "option"],
  ["FrontdeskApi", "method"],
  ["FrontdeskEvents", "event"],
])("documents every member of %s, and nothing else", (name, head) => {
  expect(members(name).length).toBeGreaterThan(3);
  expect(rows(head).sort()).toEqual(members(name).sort());
});
