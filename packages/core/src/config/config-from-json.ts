import { type Check, fieldsOf, isPlain, listOf, mismatch, oneOf, refused, text } from "./check.ts";
import { routeSettings } from "./check-exporter.ts";
import { checkedConfig } from "./checked-config.ts";
import type { Config } from "./config.ts";
import { ConfigError, invalidConfig } from "./config-error.ts";
import { exportersByName, type Surroundings } from "./exporters-by-name.ts";
import { nearestName } from "./nearest-name.ts";
import { type JournalAsData, journalFromData, sealAsData } from "./seal-as-data.ts";
import { codeSettings, journalWith, settings } from "./settings.ts";

const names = Object.keys(exportersByName);

/** An exporter by its name, alone or with its options and those of its route beside it. */
const exporterByName: Check = (value, path) => {
  if (typeof value === "string") return { value: { to: value }, problems: named(value, path) };
  if (!isPlain(value))
    return mismatch(path, "the name of an exporter, or an object with `to`", value);
  const { to } = value;
  if (typeof to !== "string") return mismatch(`${path}.to`, "the name of an exporter", to);
  const problems = named(to, `${path}.to`);
  const options = exportersByName[to]?.options ?? {};
  return problems.length > 0
    ? { value, problems }
    : fieldsOf({ to: text, ...routeSettings, ...options })(value, path);
};

function named(name: string, path: string): readonly string[] {
  if (Object.hasOwn(exportersByName, name)) return [];
  const nearest = nearestName(name, names);
  const advice = nearest === null ? `there is ${names.join(", ")}` : `did you mean \`${nearest}\`?`;
  return refused(path, `there is no exporter \`${name.slice(0, 80)}\`, ${advice}`).problems;
}

const needsCode: Check = (_value, path) =>
  refused(path, "is code: it can be said in spoor.config.ts, not in JSON");

const json = fieldsOf({
  ...settings,
  ...Object.fromEntries(Object.keys(codeSettings).map((name) => [name, needsCode])),
  journal: journalWith(sealAsData),
  redact: oneOf("off"),
  exporters: listOf(exporterByName),
  $schema: text,
});

interface JsonConfig {
  readonly exporters?: readonly JsonRoute[];
  readonly journal?: "memory" | JournalAsData;
  readonly [setting: string]: unknown;
}

interface JsonRoute {
  readonly to: string;
  readonly [option: string]: unknown;
}

/** A config that is data. Imports the modules of the exporters that it names. Rejects with a `ConfigError`; `name`: of the file. */
export async function configFromJson(
  source: string,
  name: string,
  around: Surroundings,
): Promise<Config> {
  const { value, problems } = json(parsed(source, name), "");
  if (problems.length > 0) throw invalidConfig(name, problems);
  const { $schema: _, exporters, journal, ...rest } = value as JsonConfig;
  return checkedConfig(
    {
      ...rest,
      ...(journal === undefined ? {} : { journal: await journalOf(journal, name) }),
      ...(exporters === undefined ? {} : { exporters: await routesOf(exporters, name, around) }),
    },
    name,
  );
}

async function journalOf(
  given: NonNullable<JsonConfig["journal"]>,
  name: string,
): Promise<Config["journal"]> {
  if (given === "memory") return given;
  try {
    return await journalFromData(given);
  } catch (error) {
    throw invalidConfig(name, refused("journal.seal", reasonOf(error)).problems);
  }
}

function parsed(source: string, name: string): unknown {
  try {
    return JSON.parse(source.replace(/^\uFEFF/, ""));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError("UNREADABLE", `${name} is no JSON: ${reason}`, {
      fix: "Correct it; comments and commas at the end of a list are no JSON either.",
      cause,
    });
  }
}

async function routesOf(
  given: readonly JsonRoute[],
  name: string,
  around: Surroundings,
): Promise<readonly unknown[]> {
  const problems: string[] = [];
  const routes: unknown[] = [];
  for (const [index, { to, ...said }] of given.entries()) {
    const [route, options] = parted(said);
    try {
      const exporter = await exportersByName[to]?.create(options, around);
      routes.push({ ...route, to: exporter });
    } catch (error) {
      problems.push(...refused(`exporters[${index}]`, reasonOf(error)).problems);
    }
  }
  if (problems.length > 0) throw invalidConfig(name, problems);
  return routes;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

type Options = Readonly<Record<string, unknown>>;

/** What is said to the route, and what to the exporter. */
function parted(said: Options): readonly [route: Options, options: Options] {
  const { true: route = [], false: options = [] } = Object.groupBy(
    Object.entries(said),
    ([key]) => `${Object.hasOwn(routeSettings, key)}`,
  );
  return [Object.fromEntries(route), Object.fromEntries(options)];
}
