import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

// The service worker: one classic script under a name that stays, which serves what lies beside and below it.
export default defineConfig({
  publicDir: false,
  build: {
    outDir: "dist",
    // the console was built into the same folder just before
    emptyOutDir: false,
    target: "es2022",
    lib: {
      entry: fileURLToPath(new URL("./src/worker/worker.ts", import.meta.url)),
      formats: ["iife"],
      name: "FrontdeskWorker",
      fileName: () => "worker.js",
    },
  },
});
