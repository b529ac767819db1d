import process from "node:process";
import type { Config } from "./config.ts";
import { resolveConfig, type ResolveOptions } from "./resolve-config.ts";

export interface LoadOptions extends ResolveOptions {
  /** Told what the file said in vain, a sentence each. Default: a warning of this process. */
  readonly onRefused?: (sentence: string) => void;
}

/**
 * The config of the working directory, for `createObserver`: `spoor.config.ts`, `.mts`, `.js`, `.mjs` or `.json`, and where there is none, what
 * the environment says. What the caller gives as `base` stands: a file that others can write never weakens it. Rejects with a `ConfigError`.
 */
export async function loadConfig({
  onRefused = warn,
  ...options
}: LoadOptions = {}): Promise<Config> {
  const { config, refused } = await resolveConfig(options);
  for (const sentence of refused) onRefused(sentence);
  return config;
}

function warn(sentence: string): void {
  process.emitWarning(sentence, { type: "SpoorWarning" });
}
