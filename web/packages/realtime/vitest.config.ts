import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { name: "realtime", environment: "node", include: ["src/**/*.test.ts"] },
});
