import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    passWithNoTests: true,
    restoreMocks: true,
    projects: ["packages/*/vitest.config.ts", "apps/*/vite.config.ts", "tests/vitest.config.ts"],
  },
});
