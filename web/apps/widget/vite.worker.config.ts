import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

// The service worker of visitors who are told of answers: one classic script under a name that stays.
export default defineConfig({
  build: {
    outDir: "dist",
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
