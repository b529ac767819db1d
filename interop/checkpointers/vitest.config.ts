import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const conditions = ["@spoor/source", "node"];

/** LangGraph's tests of checkpointers take vitest 4, which is installed in this folder. Spoor itself is taken as it stands in the sources. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ["*.test.ts"],
    globals: true,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    fileParallelism: false,
    // better-sqlite3 12.11 ends the process when statements are collected between two callbacks: so young ones live longer than the tests.
    execArgv: ["--min-semi-space-size=512", "--max-semi-space-size=512"],
  },
});
