import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const features = join(root, "apps/console/src/features");
const consoleApp = join(root, "apps/console");
const widgetApp = join(root, "apps/widget");

function sources(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/[\\/](node_modules|dist)[\\/]/.test(file));
}

/** What a source file imports, statically, dynamically or as a type; relative ones and "@/" as absolute paths. */
function imports(file: string, text = readFileSync(file, "utf8")): string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => {
    if (fileName.startsWith(".")) return resolve(dirname(file), fileName);
    if (fileName.startsWith("@/")) return join(consoleApp, "src", fileName.slice(2));
    return fileName;
  });
}

function within(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}

function featureOf(path: string): string | undefined {
  return within(features, path) ? relative(features, path).split(sep)[0] : undefined;
}

function crossesFeatures(file: string, target: string): boolean {
  const other = featureOf(target);
  return other !== undefined && other !== featureOf(file);
}

function offences(files: string[], forbidden: (file: string, target: string) => boolean): string[] {
  return files.flatMap((file) =>
    imports(file)
      .filter((target) => forbidden(file, target))
      .map((target) => `${relative(root, file)} imports ${target}`),
  );
}

describe("boundaries", () => {
  it("sees static, dynamic and type imports", () => {
    const file = join(features, "inbox/list.ts");
    const text = `import a from "../queue/a.ts"; import type { B } from "@/features/queue/b.ts"; void import("../queue/c.ts"); import own from "./own.ts";`;
    expect(imports(file, text).map((target) => crossesFeatures(file, target))).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it("keeps console features from importing one another", () => {
    expect(offences(sources(features), crossesFeatures)).toEqual([]);
  });

  it("keeps the console's shared code below its features", () => {
    const shared = sources(join(consoleApp, "src/shared"));
    expect(offences(shared, (_, target) => within(features, target))).toEqual([]);
  });

  it("keeps the widget from importing the console", () => {
    const files = sources(widgetApp);
    expect(files.length).toBeGreaterThan(0);
    const forbidden = (_: string, target: string) =>
      within(consoleApp, target) ||
      target.startsWith("@frontdesk/console") ||
      target.startsWith("@mantine/");
    expect(offences(files, forbidden)).toEqual([]);
  });

  it("keeps the packages from importing an app", () => {
    const forbidden = (_: string, target: string) =>
      within(join(root, "apps"), target) || /^@frontdesk\/(console|widget)/.test(target);
    expect(offences(sources(join(root, "packages")), forbidden)).toEqual([]);
  });
});
