// Runs several npm scripts at the same time and fails if one of them fails.
import { spawn } from "node:child_process";
import { once } from "node:events";

const names = process.argv.slice(2);
const codes = await Promise.all(
  names.map(async (name) => {
    const child = spawn("npm", ["run", "--silent", name], { stdio: "inherit" });
    const [code] = await once(child, "exit");
    if (code !== 0) process.stderr.write(`${name} failed\n`);
    return code;
  }),
);
process.exitCode = codes.every((code) => code === 0) ? 0 : 1;
