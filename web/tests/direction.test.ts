import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const source = resolve(import.meta.dirname, "../apps/console/src");
const files = readdirSync(source, { recursive: true, encoding: "utf8" });
const styles = files.filter((file) => file.endsWith(".css"));
const screens = files.filter((file) => file.endsWith(".tsx"));
const read = (file: string) => readFileSync(join(source, file), "utf8");

/** A list of values, where what stands in brackets is one. */
const values = (list: string) => list.match(/(?:[^\s(]|\([^()]*(?:\([^()]*\)[^()]*)*\))+/g) ?? [];

/** Whether a shorthand says another thing of the left than of the right. */
function differs(property: string, list: string): boolean {
  if (property.endsWith("radius")) {
    const [topLeft, topRight = topLeft, bottomRight = topLeft, bottomLeft = topRight] =
      values(list);
    return topLeft !== topRight || bottomLeft !== bottomRight;
  }
  const [, right, , left = right] = values(list);
  return right !== left;
}

const shorthand =
  /^(?:margin|padding|inset|border-(?:width|style|color|radius)|scroll-(?:margin|padding))$/;

/** What of a style sheet knows left from right. Shadows may: light does not turn around. */
function sided(css: string): string[] {
  const bare = css.replace(/\/\*.*?\*\//gs, "");
  const found: string[] = [];
  for (const [, property = "", value = ""] of bare.matchAll(/([a-z-]+)\s*:\s*([^;{}]+)[;}]/g)) {
    const named = /\b(?:left|right)\b/.test(`${property} ${value}`);
    const moved = /translate(?:X|3d)?\(\s*-?(?!0\b)[\d.]/.test(value);
    if (named || moved || (shorthand.test(property) && differs(property, value))) {
      found.push(`${property}: ${value}`);
    }
  }
  return found;
}

describe("the console's style sheets", () => {
  it("say where a line begins and ends, never left or right", () => {
    expect(styles.length).toBeGreaterThan(30);
    const wrong = styles.flatMap((file) => sided(read(file)).map((each) => `${file}: ${each}`));
    expect(wrong).toEqual([]);
  });

  it("are told apart by this test", () => {
    for (const css of [
      "a { margin-left: 1px; }",
      "a { left: 0 }",
      "a { text-align: right; }",
      "a { padding: 1px 2px 3px 4px; }",
      "a { margin: 0 auto 0 calc(1px + (2px * 3)); }",
      "a { border-radius: 1px 2px; }",
      "a { transform: translateX(-50%); }",
    ]) {
      expect(sided(css), css).toHaveLength(1);
    }
    for (const css of [
      "a { margin-inline-start: 1px; inset-inline: 0; }",
      "a { padding: 1px 2px 3px; } /* left */",
      "a { margin: 0 calc(1px + (2px * 3)) 2px calc(1px + (2px * 3)); }",
      "a { border-radius: 4px 4px 0 0; transform: translateY(-200%); }",
    ]) {
      expect(sided(css), css).toEqual([]);
    }
  });
});

describe("the console's screens", () => {
  it("set nothing off from the left or the right", () => {
    const wrong = screens.flatMap((file) => {
      const sides = /\b(?:m|p)[lr]=|\b(?:margin|padding|border)(?:Left|Right)\b|\btextAlign\b/g;
      return (read(file).match(sides) ?? []).map((each) => `${file}: ${each}`);
    });
    expect(wrong).toEqual([]);
  });

  it("turn every icon around that points along the line", () => {
    const css = read("app/global.css");
    const points =
      /\bIcon((?:Arrow|Chevron|Caret)(?:Left|Right|Back|Forward)\w*|Send\w*|Log(?:in|out)|\w*Sidebar\w*|ExternalLink|DoorExit|\w+Forward|\w+Share|List)\b/g;
    const used = new Set(screens.flatMap((file) => read(file).match(points) ?? []));
    expect(used.size).toBeGreaterThan(5);
    const missing = [...used].filter((name) => {
      const words = name.slice("Icon".length).replace(/(?<=[a-z])[A-Z\d]/g, "-$&");
      return !css.includes(`.tabler-icon-${words.toLowerCase()}`);
    });
    expect(missing).toEqual([]);
  });
});
