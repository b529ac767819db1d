import process from "node:process";
import { python } from "../crews/install.mjs";
import { runSuites } from "../run-suites.mjs";

// A reader in another language, made of the specification alone, over what the packages record.

const suites = {
  reader: { needs: { python }, command: "vitest run -c interop/reader/vitest.config.ts" },
};

process.exitCode = await runSuites(suites, {
  wanted: process.argv.slice(2),
  command: ({ command }) => command,
});
