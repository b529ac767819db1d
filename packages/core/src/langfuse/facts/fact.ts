import type { JsonObject, JsonValue } from "../../vocabulary/json.ts";
import type { Form } from "./form.ts";

/** All facts stand under it in the metadata of an observation, beside what others put there. */
const prefix = "spoor.";

/** Metadata that is being written. */
type Metadata = Record<string, JsonValue>;

/** A fact as it stands in metadata: under one name, or a list, item by item under numbered ones, because servers cut a value that is long. */
export interface Fact<Value> {
  tell(name: string, value: Value, metadata: Metadata): void;
  /** Null: it is not told, or not so that it can be read. A list that is not told is empty. */
  find(name: string, metadata: JsonObject): Value | null;
}

/** What tells and finds each of some facts. */
export type TableOf<Facts> = {
  readonly [Name in keyof Facts]-?: Fact<NonNullable<Facts[Name]>>;
};

export function one<Value>(form: Form<Value>): Fact<Value> {
  return {
    tell(name, value, metadata) {
      metadata[prefix + name] = form.write(value);
    },
    find: (name, metadata) => {
      const told = metadata[prefix + name];
      return told === undefined ? null : form.read(told);
    },
  };
}

export function many<Value>(form: Form<Value>): Fact<readonly Value[]> {
  return {
    tell(name, values, metadata) {
      for (const [place, value] of values.entries())
        metadata[`${prefix}${name}.${place}`] = form.write(value);
    },
    find: (name, metadata) => {
      const found: Value[] = [];
      for (let place = 0; ; place += 1) {
        const told = metadata[`${prefix}${name}.${place}`];
        if (told === undefined) return found;
        const value = form.read(told);
        if (value !== null) found.push(value);
      }
    },
  };
}

/** Facts as one flat object of short values, for metadata. What is absent is not known, and not told. */
export function told<Facts extends object>(table: TableOf<Facts>, facts: Facts): JsonObject {
  const values = facts as Readonly<Record<string, unknown>>;
  const metadata: Metadata = {};
  for (const [name, fact] of Object.entries<Fact<unknown>>(table))
    if (values[name] !== undefined) fact.tell(name, values[name], metadata);
  return metadata;
}

/** Those that stand in the metadata of an observation. */
export function factsIn<Facts extends object>(
  table: TableOf<Facts>,
  metadata: JsonObject,
): Partial<Facts> {
  const entries = Object.entries<Fact<unknown>>(table).flatMap(([name, fact]) => {
    const value = fact.find(name, metadata);
    return value === null ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries) as Partial<Facts>;
}
