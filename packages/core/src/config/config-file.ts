import { readFileSync, statSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { isMissing } from "../journal/disk/journal-error.ts";
import type { Environment } from "../otlp/transport/environment.ts";
import { checkedConfig } from "./checked-config.ts";
import type { Config } from "./config.ts";
import { ConfigError } from "./config-error.ts";
import { configFromJson } from "./config-from-json.ts";
import { importFailure } from "./import-failure.ts";

const names = ["ts", "mts", "js", "mjs", "json"].map((extension) => `spoor.config.${extension}`);

/**
 * The config of a folder; null where it has none. Not of a folder above it: what lies there was not written for what runs here. Throws a
 * `ConfigError` where there are two: which of them is meant cannot be known.
 */
export function configFileIn(folder: string): string | null {
  const found = names.filter((name) =>
    statSync(join(folder, name), { throwIfNoEntry: false })?.isFile(),
  );
  const [first, ...others] = found;
  if (first === undefined) return null;
  if (others.length === 0) return join(folder, first);
  throw new ConfigError("AMBIGUOUS", `there are ${found.join(" and ")} in ${folder}`, {
    fix: "Keep one of them, or name the one that is meant.",
  });
}

/** What a file says, checked. Rejects with a `ConfigError`. A file that is code runs once a process. */
export async function configInFile(file: string, environment: Environment): Promise<Config> {
  const path = resolve(file);
  const name = basename(path);
  const source = textOf(path);
  if (extname(path) === ".json")
    return configFromJson(source, name, { environment, folder: dirname(path) });
  return checkedConfig(await defaultExportOf(path), name);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    if (isMissing(cause))
      throw new ConfigError("NOT_FOUND", `there is no file ${path}`, {
        fix: "Name a config that exists.",
        cause,
      });
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError("UNREADABLE", `cannot read ${path}: ${reason}`, {
      fix: "Check that it is a file, and may be read.",
      cause,
    });
  }
}

async function defaultExportOf(path: string): Promise<unknown> {
  let module: object;
  try {
    module = await import(pathToFileURL(path).href);
  } catch (cause) {
    throw importFailure(path, cause);
  }
  if ("default" in module && module.default !== undefined) return module.default;
  const [other] = Object.keys(module);
  const beside = other === undefined ? "" : `, only \`${other}\``;
  throw new ConfigError("UNREADABLE", `${basename(path)} has no default export${beside}`, {
    fix: "Write `export default defineConfig({ … })`.",
  });
}
