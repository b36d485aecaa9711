/// <reference types="vite/client" />
import { expect, it } from "vitest";
import payloads from "../../../../tests/data/payloads.txt?raw";
import { type Inline, markup, openable, unmarked } from "./markup.ts";

it("draws the marks it knows", () => {
  expect(markup("**Big** and *small*, ~~old~~, `x < 1`")).toEqual([
    {
      kind: "text",
      lines: [
        [
          { kind: "strong", inside: ["Big"] },
          " and ",
          { kind: "em", inside: ["small"] },
          ", ",
          { kind: "s", inside: ["old"] },
          ", ",
          { kind: "code", text: "x < 1" },
        ],
      ],
    },
  ]);
  expect(markup("# Returns\n1. pack\n2. **send**\n\n- a\n- b\n> said\nend")).toEqual([
    { kind: "heading", line: ["Returns"] },
    { kind: "numbers", start: 1, items: [["pack"], [{ kind: "strong", inside: ["send"] }]] },
    { kind: "bullets", start: 1, items: [["a"], ["b"]] },
    { kind: "quote", lines: [["said"]] },
    { kind: "text", lines: [["end"]] },
  ]);
  expect(markup("```js\n**a**\n```")).toEqual([{ kind: "code", text: "**a**" }]);
});

it("leaves sums, file names and what is not closed alone", () => {
  for (const text of ["5*3*2=30", "my_file_name.txt", "** open", "2 * 3 * 4", "a*b", "```\nopen"]) {
    expect(unmarked(text)).toBe(text);
  }
});

it("makes links of safe addresses only", () => {
  expect(markup("[here](https://shop.example/a)")).toEqual([
    { kind: "text", lines: [[{ kind: "link", text: "here", href: "https://shop.example/a" }]] },
  ]);
  for (const bad of [
    "javascript:alert(1)",
    "//evil.example",
    "data:text/html,x",
    "/path",
    "https:",
  ]) {
    expect(openable(bad), bad).toBeNull();
    expect(unmarked(`[here](${bad})`)).toBe(`[here](${bad})`);
  }
});

it("has nothing but text, marks and safe links for every hostile text", () => {
  const hrefs: string[] = [];
  const walk = (piece: Inline): void => {
    if (typeof piece === "string") return;
    if (piece.kind === "link") hrefs.push(piece.href);
    if ("inside" in piece) piece.inside.forEach(walk);
  };
  for (const line of payloads.split("\n")) {
    for (const block of markup(`${line}\n- ${line}\n[x](${line})`)) {
      if (block.kind === "code") continue;
      const lines = "line" in block ? [block.line] : "items" in block ? block.items : block.lines;
      for (const one of lines) one.forEach(walk);
    }
  }
  expect(hrefs.filter((href) => !/^(?:https?|mailto):/.test(href))).toEqual([]);
});

it("is quick with what was made to be slow", () => {
  const began = performance.now();
  for (const piece of ["*", "**", "`", "~~", "_", "[", "[a](", "*a ", "_a", "**a*", "> ", "# "]) {
    markup(piece.repeat(Math.ceil(4000 / piece.length)));
  }
  expect(performance.now() - began).toBeLessThan(1500);
});
