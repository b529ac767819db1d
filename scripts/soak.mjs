import { ensureInstalled, npm } from "./ensure-installed.mjs";

// The suites that take longer than a default run should: two writers and three readers for half a minute.

process.exitCode =
  (await ensureInstalled()) ||
  (await npm(["exec", "--", "vitest", "run", "packages/core/src/journal/disk"], {
    SPOOR_SOAK: "1",
  }));
