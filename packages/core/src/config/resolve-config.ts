import { basename, dirname, relative, resolve } from "node:path";
import process from "node:process";
import { journalFolder } from "../journal/disk/journal-folder.ts";
import { routeOf } from "../pipeline/route.ts";
import { checkedConfig } from "./checked-config.ts";
import type { Config } from "./config.ts";
import { configFileIn, configInFile } from "./config-file.ts";
import { boundOf, defaults } from "./defaults.ts";
import {
  type Environment,
  environmentLayers,
  type ExporterSwitch,
  exporterSwitches,
} from "./environment.ts";
import { type Layer, type Merged, merged, type SaidValue, type Source } from "./layers.ts";

export interface ResolveOptions {
  /** Stands for the working directory: where a file is looked for, what relative names are relative to, and where `.spoor` lies. Default: that of this process. */
  readonly dir?: string;
  /** The file to read instead of looking for one; `.spoor` stays where it is. Null: none. */
  readonly file?: string | null;
  /** Default: that of this process. */
  readonly environment?: Environment;
  /** What the caller has decided. It stands, whatever a file says. */
  readonly base?: Config;
  /** How `base` is called as a source. Default: `code`. */
  readonly baseSource?: Source;
}

export interface ResolvedConfig {
  /** For `createObserver`: what was said, by whoever had the word. The journal's folder is an absolute path. */
  readonly config: Config;
  /** The file that was read; null: none. */
  readonly file: string | null;
  /** Every value in force, by its dotted name, with who said it. */
  readonly values: readonly SaidValue[];
  /** What the file said in vain, because the caller had decided it: a sentence each. */
  readonly refused: readonly string[];
  /** The variables that ask for an exporter, with or without effect. */
  readonly switches: readonly ExporterSwitch[];
}

/**
 * The config as it will be, and why: the caller, then the file, then the environment, then the defaults. The environment's exporters count
 * only where there is no file. Rejects with a `ConfigError`.
 */
export async function resolveConfig(options: ResolveOptions = {}): Promise<ResolvedConfig> {
  const { environment = process.env, base = {}, baseSource = "code" } = options;
  const dir = resolve(options.dir ?? process.cwd());
  const file = fileOf(options, dir);
  const said = merged([
    { source: baseSource, config: based(checkedConfig(base, "the config of the caller"), dir) },
    ...(file === null ? [] : [await fileLayer(file, dir, environment)]),
    ...environmentLayers(environment)
      .filter(({ config }) => file === null || !config.exporters)
      .map(({ source, config }) => ({ source, config: based(config, dir) })),
  ]);
  return {
    config: withFolder(said.config, dir),
    file,
    values: valuesIn(said, dir),
    refused: refusalsIn(said),
    switches: exporterSwitches(environment).map((asked) => judged(asked, said, file)),
  };
}

function fileOf({ file }: ResolveOptions, dir: string): string | null {
  if (file === undefined) return configFileIn(dir);
  return file === null ? null : resolve(dir, file);
}

async function fileLayer(file: string, dir: string, environment: Environment): Promise<Layer> {
  const config = await configInFile(file, environment);
  return { source: `file ${relative(dir, file)}`, config: based(config, dirname(file)) };
}

/** A variable that asks for an exporter has no effect here where somebody else has named the exporters, and not that one. */
function judged(
  asked: ExporterSwitch,
  { values, config }: Merged,
  file: string | null,
): ExporterSwitch {
  const source = values.find(({ name }) => name === "exporters")?.source;
  if (asked.without !== null || source?.startsWith("environment ")) return asked;
  if (config.exporters?.some((named) => routeOf(named).to.name === asked.exporter)) return asked;
  const saidInFile = source === undefined || source.startsWith("file ");
  const decider = file !== null && saidInFile ? basename(file) : "the caller";
  return { ...asked, without: `${decider} says which exporters there are` };
}

/** A folder or a file is relative to who names it. */
function based(config: Config, folder: string): Config {
  const { journal, prices } = config;
  return {
    ...config,
    ...(typeof journal === "object" && journal.dir !== undefined
      ? { journal: { ...journal, dir: resolve(folder, journal.dir) } }
      : {}),
    ...(prices?.file === undefined
      ? {}
      : { prices: { ...prices, file: resolve(folder, prices.file) } }),
  };
}

function withFolder(config: Config, dir: string): Config {
  if (config.journal === "memory") return config;
  const folder = journalFolder(config.journal?.dir, {}, dir);
  return { ...config, journal: { ...config.journal, dir: folder } };
}

/** In the order of the defaults; what has none stands after them. */
function valuesIn({ config, values }: Merged, dir: string): readonly SaidValue[] {
  const said = new Map(values.map((value) => [value.name, value]));
  const inForce = [...folderOrMemory(config, dir), ...otherDefaults].map(
    ([name, value]): SaidValue => said.get(name) ?? { name, value, source: "default" },
  );
  const listed = new Set(inForce.map(({ name }) => name));
  return [...inForce, ...values.filter(({ name }) => !listed.has(name))];
}

type NamedDefault = readonly [name: string, value: unknown];

const { journal, route: _, ...others } = defaults;
const otherDefaults: readonly NamedDefault[] = [["redact", null], ...Object.entries(others)];

function folderOrMemory(config: Config, dir: string): readonly NamedDefault[] {
  if (config.journal === "memory") return [["journal", "memory"]];
  const maxBytes = boundOf(config.journal ?? {});
  const inFolder = { ...journal, maxBytes, dir: journalFolder(undefined, {}, dir) };
  return Object.entries(inFolder).map(([name, value]) => [`journal.${name}`, value]);
}

function refusalsIn({ unused }: Merged): readonly string[] {
  return unused
    .filter(({ source }) => source.startsWith("file "))
    .map(
      ({ name, source }) =>
        `\`${name}\` of ${source.slice("file ".length)} is not used: the caller has decided it`,
    );
}
