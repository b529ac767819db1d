import { defineConfig } from "vitest/config";

const conditions = ["@spoor/source", "node", "import", "default"];

/** Tests run on the sources: the condition picks `src` over `dist` in every package, so nothing has to be built first. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ["packages/*/src/**/*.test.ts", "scripts/**/*.test.ts", "examples/*/src/**/*.test.ts"],
    globalSetup: ["scripts/temporary-folder.ts"],
    setupFiles: ["scripts/fast-check-seed.ts"],
    testTimeout: 60_000,
    maxWorkers: "100%",
    // Of tests that wait for programs of their own.
    maxConcurrency: 2,
    // Nothing here has globals that another file could find changed, and a process a file costs a quarter of the whole run.
    isolate: false,
  },
});
