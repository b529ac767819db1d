import { spells } from "../field.ts";
import { type Entry, type Medium, replaced } from "../medium.ts";

/** The fetch API's headers: a new object, because those of a received request cannot be changed. */
export function webHeaders(given: Headers): Medium<Headers> {
  return listed(given, [...given], (entries) => new Headers(entries as [string, string][]));
}

export function map(given: ReadonlyMap<unknown, unknown>): Medium<ReadonlyMap<unknown, unknown>> {
  return listed(given, [...given], (entries) => new Map(entries));
}

/** Whatever lists names with values: an array of pairs, or a header class of a library, which is answered with an array of pairs. */
export function pairs(given: Iterable<unknown>): Medium<readonly Entry[]> {
  const entries = [...given].filter((item): item is [unknown, unknown] => Array.isArray(item));
  return listed(entries, entries, (filled) => filled);
}

/** Names and values in turn, as Node's `rawHeaders`. A name without a value at the end is none. */
export function rawList(given: readonly string[]): Medium<readonly string[]> {
  const entries = given.flatMap((name, at): [string, string][] => {
    const value = given[at + 1];
    return at % 2 === 0 && value !== undefined ? [[name, value]] : [];
  });
  return listed(given, entries, (filled) => filled.flat());
}

function listed<Kept extends Entry, Filled>(
  given: Filled,
  entries: readonly Kept[],
  build: (entries: readonly (Kept | [string, string])[]) => Filled,
): Medium<Filled> {
  return {
    given,
    valuesOf: (field) => entries.filter(([name]) => spells(field)(name)).map(([, value]) => value),
    filledWith: (fields) => build(replaced(entries, fields)),
  };
}
