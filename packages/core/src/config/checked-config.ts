import { type Check, fieldsOf, guarded, listOf } from "./check.ts";
import { exporterOrRoute, sharedNames } from "./check-exporter.ts";
import type { Config } from "./config.ts";
import { invalidConfig } from "./config-error.ts";
import { codeSettings, settings } from "./settings.ts";

const list = listOf(exporterOrRoute);

const names = guarded((value, path) => ({ value, problems: sharedNames(value, path) }));

const exporters: Check = (value, path) => {
  const { value: copy, problems } = list(value, path);
  return { value: copy, problems: [...problems, ...names(value, path).problems] };
};

const config = fieldsOf({ ...settings, ...codeSettings, exporters });

/**
 * The config as it may be used: a copy that holds nothing inherited, while exporters, redactors and functions are the same ones. Throws a
 * `ConfigError` that names everything that is wrong with it. `name`: what the error calls it.
 */
export function checkedConfig(given: unknown, name: string = "the config"): Config {
  const { value, problems } = config(given, "");
  if (problems.length > 0) throw invalidConfig(name, problems);
  return value as Config;
}
