import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["tinytroupe-source", "node", "import", "default"] },
  ssr: { resolve: { conditions: ["tinytroupe-source", "node", "import", "default"] } },
  test: {
    include: ["tests/**/*.test.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 30_000,
  },
});
