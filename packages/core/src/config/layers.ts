import type { Config } from "./config.ts";

/** Who said a value. `option`: of a command line. */
export type Source =
  | "default"
  | "code"
  | `environment ${string}`
  | `file ${string}`
  | `option ${string}`;

/** What one source says. */
export interface Layer {
  readonly source: Source;
  readonly config: Config;
}

/** A single value, by its dotted name: what stands in a source stands; what it is silent about, the next one may say. */
export interface SaidValue {
  readonly name: string;
  readonly value: unknown;
  readonly source: Source;
}

/** A value that was said in vain: a source before it had the word. */
export interface UnusedValue extends SaidValue {
  readonly usedSource: Source;
}

export interface Merged {
  readonly config: Config;
  readonly values: readonly SaidValue[];
  readonly unused: readonly UnusedValue[];
}

/** The first layer that says a value has the word. Values of `journal`, `labels` and `prices` count one by one, a list of exporters as one value. */
export function merged(layers: readonly Layer[]): Merged {
  const values = new Map<string, SaidValue>();
  const unused: UnusedValue[] = [];
  for (const said of layers.flatMap(valuesOf)) {
    const winner = values.get(said.name) ?? opposed(values, said);
    if (winner) unused.push({ ...said, usedSource: winner.source });
    else values.set(said.name, said);
  }
  return { config: configOf(values), values: [...values.values()], unused };
}

const grouped = ["journal", "labels", "prices"];

function valuesOf({ source, config }: Layer): readonly SaidValue[] {
  return Object.entries(config).flatMap(([name, value]: [string, unknown]) =>
    grouped.includes(name) && typeof value === "object" && value !== null
      ? Object.entries(value).map(([field, member]: [string, unknown]) => ({
          name: `${name}.${field}`,
          value: member,
          source,
        }))
      : { name, value, source },
  );
}

/**
 * A journal in memory has no folder, and a journal in a folder is not in memory. Whoever says that a record is sealed, says how long it is kept, too.
 */
function opposed(
  values: ReadonlyMap<string, SaidValue>,
  { name, source }: SaidValue,
): SaidValue | undefined {
  const sealed = values.get("journal.seal");
  if (name === "journal.retention" && sealed && sealed.source !== source) return sealed;
  if (name.startsWith("journal.")) return values.get("journal");
  if (name !== "journal") return undefined;
  return [...values.values()].find((said) => said.name.startsWith("journal."));
}

function configOf(values: ReadonlyMap<string, SaidValue>): Config {
  const whole = [...values].filter(([name]) => !name.includes("."));
  const group = (prefix: string): object | undefined => {
    const fields = [...values].filter(([name]) => name.startsWith(`${prefix}.`));
    if (fields.length === 0) return undefined;
    return Object.fromEntries(
      fields.map(([name, { value }]) => [name.slice(prefix.length + 1), value]),
    );
  };
  const journal = group("journal");
  const labels = group("labels");
  const prices = group("prices");
  return {
    ...(Object.fromEntries(whole.map(([name, { value }]) => [name, value])) as Config),
    ...(journal ? { journal } : {}),
    ...(labels ? { labels } : {}),
    ...(prices ? { prices } : {}),
  };
}
