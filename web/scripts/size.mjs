// Holds each bundle to its budget (gzip). What is loaded first is read from Vite's manifests:
// the entry and its static imports count, chunks loaded on demand do not.
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
// @ts-expect-error the plugin ships no types
import filePlugin from "@size-limit/file";
import sizeLimit from "size-limit";

/** @typedef {{ file: string, css?: string[], imports?: string[], dynamicImports?: string[] }} Chunk */

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const consoleDist = join(root, "apps/console/dist");
const widgetDist = join(root, "apps/widget/dist");

/**
 * @param {string} dist
 * @param {string} entry
 * @param {{ lazy: boolean }} options
 * @returns {{ js: string[], css: string[] }}
 */
function loadedFrom(dist, entry, { lazy }) {
  const path = join(dist, ".vite/manifest.json");
  if (!existsSync(path)) throw new Error(`${path} is missing: run "npm run build" first`);
  /** @type {Record<string, Chunk>} */
  const manifest = JSON.parse(readFileSync(path, "utf8"));
  const seen = new Set();
  const js = new Set();
  const css = new Set();
  /** @param {string} key */
  const visit = (key) => {
    if (seen.has(key)) return;
    seen.add(key);
    const chunk = manifest[key];
    if (!chunk) throw new Error(`${key} is not in ${path}`);
    js.add(join(dist, chunk.file));
    for (const file of chunk.css ?? []) css.add(join(dist, file));
    for (const next of chunk.imports ?? []) visit(next);
    if (lazy) for (const next of chunk.dynamicImports ?? []) visit(next);
  };
  visit(entry);
  return { js: [...js], css: [...css] };
}

/**
 * Of the catalogues, a visitor loads the one of their language: the largest counts.
 * @param {string[]} files
 */
function withOneCatalogue(files) {
  const catalogues = files.filter((file) => /\/(?:en|ar|zh-CN)-[^/]*\.js$/.test(file));
  if (catalogues.length < 3) throw new Error("the chat's catalogues are not chunks of their own");
  const largest = catalogues.sort((a, b) => statSync(b).size - statSync(a).size)[0];
  return files.filter((file) => file === largest || !catalogues.includes(file));
}

const chat = loadedFrom(widgetDist, "chat.html", { lazy: true });
const asking = loadedFrom(widgetDist, "tell.html", { lazy: true });
const budgets = [
  { name: "widget loader", limit: 4_650, files: [join(widgetDist, "widget.js")] },
  {
    name: "widget loader where a channel has triggers",
    limit: 5_250,
    files: [join(widgetDist, "speaking.js")],
  },
  {
    name: "widget chat, everything",
    limit: 60_000,
    files: [join(widgetDist, "chat.html"), ...withOneCatalogue(chat.js), ...chat.css],
  },
  {
    name: "widget, the window that asks for notifications",
    limit: 4_000,
    files: [join(widgetDist, "tell.html"), ...asking.js, ...asking.css],
  },
  {
    name: "console, first-screen JavaScript",
    limit: 250_000,
    files: loadedFrom(consoleDist, "index.html", { lazy: false }).js,
  },
];

for (const { name, limit, files } of budgets) {
  // the library declares its answer as a bare object
  const results = /** @type {{ size?: number }[]} */ (
    await sizeLimit([filePlugin], { checks: [{ files, gzip: true }] })
  );
  const size = results[0]?.size;
  if (size === undefined) throw new Error(`no size for ${name}`);
  const over = size > limit;
  process.stdout.write(
    `${over ? "OVER" : "ok  "} ${name}: ${(size / 1000).toFixed(2)} kB of ${limit / 1000} kB gzip\n`,
  );
  if (over) process.exitCode = 1;
}
