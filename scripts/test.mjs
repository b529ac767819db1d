import { ensureInstalled, npm } from "./ensure-installed.mjs";

process.exitCode =
  (await ensureInstalled()) ||
  (await npm(["exec", "--", "vitest", "run", ...process.argv.slice(2)]));
