import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

// What the button says by itself: a module that the loader fetches only where it has something to say.
export default defineConfig({
  build: {
    outDir: "dist",
    emptyOutDir: false,
    target: "es2020",
    lib: {
      entry: fileURLToPath(new URL("./src/proactive/start.ts", import.meta.url)),
      formats: ["es"],
      fileName: () => "proactive.js",
    },
  },
});
