import process from "node:process";
import { ConfigError } from "./config-error.ts";
import { loadConfig } from "./load-config.ts";

/** Loads the config of each folder as an application would, and prints a line a folder: what it says, or what is wrong. */
for (const dir of process.argv.slice(2)) {
  const outcome = await loadConfig({ dir, environment: {} }).catch((error: unknown) =>
    ConfigError.is(error)
      ? { code: error.code, message: error.message, fix: error.fix, stack: error.stack }
      : String(error),
  );
  process.stdout.write(`${JSON.stringify(outcome)}\n`);
}
