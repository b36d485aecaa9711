import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

// The loader: one classic script with a stable name, which customers paste into their pages. `--mode speaking` makes the one
// that the server answers with where a channel has triggers.
export default defineConfig(({ mode }) => ({
  plugins: [
    {
      name: "styles-in-one-line",
      transform: (code, id) =>
        id.endsWith("/style.ts") ? code.replaceAll(/\n(?=[^/e])/g, "") : null,
    },
  ],
  build: {
    outDir: "dist",
    // the chat page was built into the same folder just before
    emptyOutDir: false,
    target: "es2020",
    lib: {
      entry: fileURLToPath(
        new URL(
          mode === "speaking" ? "./src/proactive/main.ts" : "./src/loader/main.ts",
          import.meta.url,
        ),
      ),
      formats: ["iife"],
      name: "FrontdeskLoader",
      fileName: () => (mode === "speaking" ? "speaking.js" : "widget.js"),
    },
  },
}));
