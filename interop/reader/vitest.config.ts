import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import base from "../../vitest.config.ts";

/** Processes on the sources, one after the other. */
export default defineConfig({
  ...base,
  root: fileURLToPath(new URL("../..", import.meta.url)),
  test: { include: ["interop/reader/*.test.ts"], testTimeout: 240_000, hookTimeout: 240_000 },
});
