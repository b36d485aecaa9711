import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

// What a channel's triggers do: the server puts it ahead of the loader where there are some.
export default defineConfig({
  build: {
    outDir: "dist",
    emptyOutDir: false,
    target: "es2020",
    lib: {
      entry: fileURLToPath(new URL("./src/proactive/main.ts", import.meta.url)),
      formats: ["iife"],
      name: "FrontdeskProactive",
      fileName: () => "proactive.js",
    },
  },
});
