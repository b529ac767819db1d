import { type Config, resolveConfig } from "@spoor/core";
import type { Io } from "./io.ts";

/** What the config of this directory and the environment say together. Rejects with a `ConfigError`. */
export async function configHere({ cwd, env }: Io): Promise<Config> {
  const { config } = await resolveConfig({ dir: cwd, environment: env });
  return config;
}
