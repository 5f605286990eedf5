import { defineConfig } from "vitest/config";
import { keepsCompiled } from "./tests/support/compiled.ts";

export default defineConfig({
  resolve: { conditions: ["tinytroupe-source", "node", "import", "default"] },
  ssr: { resolve: { conditions: ["tinytroupe-source", "node", "import", "default"] } },
  test: {
    include: ["tests/**/*.test.ts"],
    pool: "forks",
    // One more than the two cores of the smallest machine: somebody always waits.
    maxWorkers: 3,
    // Modules are loaded once a worker: what a test leaves behind in one, the next file finds.
    isolate: false,
    globalSetup: "tests/support/built.ts",
    // Processes that tests start inherit it.
    env: keepsCompiled,
    // A bound on what hangs, far above what anything takes on a busy machine.
    testTimeout: 90_000,
    hookTimeout: 90_000,
  },
});
