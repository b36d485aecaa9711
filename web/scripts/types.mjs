// Type-checks every tsconfig.json of the workspace, found from the folders so that a new one is never forgotten.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const compiler = createRequire(import.meta.url).resolve("typescript/lib/tsc.js");
const projects = ["packages", "apps"]
  .flatMap((group) => readdirSync(join(root, group)).map((name) => join(group, name)))
  .concat(".")
  .filter((folder) => existsSync(join(root, folder, "tsconfig.json")));

const codes = await Promise.all(
  projects.map(async (project) => {
    const child = spawn(process.execPath, [compiler, "--noEmit", "--project", project], {
      cwd: root,
      stdio: "inherit",
    });
    const [code] = await once(child, "exit");
    return code;
  }),
);
process.exitCode = codes.every((code) => code === 0) ? 0 : 1;
