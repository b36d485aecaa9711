import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../apps/console/src");
const words = join(root, "i18n/en");
const exported = /^export const (\w+)/gm;
const known = new Set(
  readdirSync(words).flatMap((name) =>
    [...readFileSync(join(words, name), "utf8").matchAll(exported)].map(([, word]) => word),
  ),
);

interface Module {
  readonly imports: readonly string[];
  readonly onDemand: readonly string[];
  /** The first part of every key that is said here. */
  readonly says: readonly string[];
  readonly english: readonly string[];
}

const read = new Map<string, Module>();

function moduleAt(path: string): Module {
  const held = read.get(path);
  if (held) return held;
  const text = readFileSync(path, "utf8");
  const found = (pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] as string);
  const files = (pattern: RegExp) =>
    found(pattern)
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => join(dirname(path), name));
  const said = found(/\bt\(((?:[^()]|\([^()]*\))*)\)/g).flatMap((inside) =>
    [...inside.matchAll(/["`](\w+)\.[\w.${}]+["`]/g)].map((match) => match[1] as string),
  );
  const module = {
    imports: files(/^(?:import|export) (?!type)(?:[^"';]*? from )?"(\.[^"]+)"/gm),
    onDemand: files(/\bimport\("(\.[^"]+)"\)/g).filter((file) => !file.includes("/i18n/")),
    says: said.filter((word) => known.has(word)),
    english: path.startsWith(words) ? found(exported) : [],
  };
  read.set(path, module);
  return module;
}

function reachable(entry: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const visit = (path: string) => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const next of moduleAt(path).imports) visit(next);
  };
  visit(entry);
  return seen;
}

/** Walks what is loaded on demand, with the English that is there by then, and tells what is said without its words. */
function missing(entry: string, before: ReadonlySet<string>, way: readonly string[]): string[] {
  if (way.includes(entry)) return [];
  const modules = [...reachable(entry)];
  const there = new Set([...before, ...modules.flatMap((path) => moduleAt(path).english)]);
  const silent = modules.flatMap((path) =>
    moduleAt(path)
      .says.filter((word) => !there.has(word))
      .map((word) => `${relative(root, path)}: ${word} (opened as ${relative(root, entry)})`),
  );
  const onDemand = new Set(modules.flatMap((path) => moduleAt(path).onDemand));
  return [...silent, ...[...onDemand].flatMap((next) => missing(next, there, [...way, entry]))];
}

describe("English that is loaded on demand", () => {
  it("is there before anything says it", () => {
    expect([...new Set(missing(join(root, "main.tsx"), new Set(), []))]).toEqual([]);
  });

  it("would be missed", () => {
    expect(
      missing(join(root, "features/conversation/composer/Tools.tsx"), new Set(), []),
    ).not.toEqual([]);
  });
});
