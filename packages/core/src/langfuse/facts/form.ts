import { isRecord, type JsonObject, type JsonValue } from "../../vocabulary/json.ts";
import { type Usage, unknownUsage } from "../../vocabulary/usage.ts";

/** How a fact of one kind is written as a value of metadata, and known again however a server gave it back. */
export interface Form<Value> {
  readonly write: (value: Value) => JsonValue;
  /** Null: it is something else, or was cut. */
  readonly read: (told: JsonValue) => Value | null;
}

/**
 * Words as they are. Servers store them as text and may read that as JSON when they give it back, so that `007` and `1.0` would return as numbers:
 * what could be taken for JSON gets an apostrophe in front, as in a spreadsheet.
 */
export const text: Form<string> = {
  write: (value) => (isMistakable(value) ? `'${value}` : value),
  read: (told) => (typeof told !== "string" ? null : told.startsWith("'") ? told.slice(1) : told),
};

function isMistakable(value: string): boolean {
  return value.startsWith("'") || (couldBeJson.test(value) && parsed(value) !== undefined);
}

/** Parsing what is no JSON throws, which takes longer than all the rest of a fact: most words are told by how they begin and end, and an id by its letters. */
const couldBeJson =
  /^\s*(?:"[^]*"|\[[^]*\]|\{[^]*\}|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)\s*$/;

export const number: Form<number> = {
  write: (value) => value,
  read: (told) => {
    const value = typeof told === "string" && told !== "" ? Number(told) : told;
    return typeof value === "number" && Number.isFinite(value) ? value : null;
  },
};

export const flag: Form<boolean> = {
  write: (value) => value,
  read: (told) =>
    told === true || told === "true" ? true : told === false || told === "false" ? false : null,
};

/** What is true where it is said at all. */
export const yes: Form<true> = {
  write: (value) => value,
  read: (told) => (told === true || told === "true" ? true : null),
};

/** Several facts that belong together: as JSON text, because servers take objects in metadata apart. */
export function object<Value>(
  write: (value: Value) => JsonObject,
  read: (told: Readonly<Record<string, unknown>>) => Value | null,
): Form<Value> {
  return {
    write: (value) => JSON.stringify(write(value)),
    read: (told) => {
      const value = typeof told === "string" ? parsed(told) : told;
      return isRecord(value) ? read(value) : null;
    },
  };
}

/** Only the buckets that are known. */
export const usage: Form<Usage> = object(usageObject, usageIn);

export function usageObject({ cacheWrite1h, ...buckets }: Usage): JsonObject {
  const known = Object.entries(buckets).filter(([, tokens]) => tokens !== null);
  return { ...Object.fromEntries(known), ...(cacheWrite1h === undefined ? {} : { cacheWrite1h }) };
}

export function usageIn(told: Readonly<Record<string, unknown>>): Usage {
  const bucket = (name: keyof Usage): number | null => {
    const tokens = told[name];
    return typeof tokens === "number" ? tokens : null;
  };
  const oneHour = bucket("cacheWrite1h");
  return {
    ...unknownUsage,
    input: bucket("input"),
    cacheRead: bucket("cacheRead"),
    cacheWrite: bucket("cacheWrite"),
    ...(oneHour === null ? {} : { cacheWrite1h: oneHour }),
    output: bucket("output"),
    reasoning: bucket("reasoning"),
  };
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
