import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// The chat page, the small window beside it, and the two in which the console shows it with what is not saved yet. Vite's own JSX transform reads jsxImportSource from tsconfig.json; no plugin is needed.
export default defineConfig({
  base: "/widget/",
  build: {
    outDir: "dist",
    target: "es2022",
    manifest: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: ["chat", "tell", "preview/index", "preview/widget/chat"].map((page) =>
        fileURLToPath(new URL(`./${page}.html`, import.meta.url)),
      ),
      output: {
        // What a chat needs at once is one file: what its lazy parts use as well would else be files of their own, which
        // compress worse. Apart stays what the first page of the preview needs, which is no chat.
        codeSplitting: {
          groups: [
            {
              name: "shared",
              test: /\/src\/chat\/text\/color\.ts$|\/src\/bridge\/|preload-helper/,
              priority: 1,
            },
            {
              name: "chat",
              test: /\/src\/chat\/(?!i18n\/(?:en|zh-CN|ar)\.|components\/(?:Help|MailTranscript)|main\.)/,
            },
          ],
        },
      },
    },
  },
  server: {
    proxy: { "/v1": { target: "http://127.0.0.1:8080", ws: true } },
  },
  test: {
    name: "widget",
    environment: "happy-dom",
    environmentOptions: {
      happyDOM: { url: "https://shop.example/", settings: { enableIframePageLoading: true } },
    },
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/testing/setup.ts"],
    css: false,
  },
});
