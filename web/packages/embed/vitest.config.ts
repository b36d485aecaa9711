import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { name: "embed", environment: "happy-dom", include: ["src/**/*.test.ts"] },
});
