import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

// The loader: one classic script with a stable name, which customers paste into their pages.
export default defineConfig({
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
      entry: fileURLToPath(new URL("./src/loader/loader.ts", import.meta.url)),
      formats: ["iife"],
      name: "FrontdeskLoader",
      fileName: () => "widget.js",
    },
  },
});
