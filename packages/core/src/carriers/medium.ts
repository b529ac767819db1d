import { type FieldName, fieldNames, type Fields, spells } from "./field.ts";

/**
 * Where fields lie: all that the codec has to know of headers, maps and environments. Write one for a medium of your own, and both verbs
 * take it. What either function throws becomes a problem that is said.
 */
export interface Medium<Filled> {
  /** The answer where no copy can be made. */
  readonly given: Filled;
  /** Every value under the name, in the order they came: texts, bytes, or lists of them. */
  valuesOf(field: FieldName): readonly unknown[];
  /** A copy in which the fields stand, each once; the one that was given stays as it is. */
  filledWith(fields: Fields): Filled;
}

export type Entry = readonly [name: unknown, value: unknown];

/** The entries without what the fields replace, and then the fields. */
export function replaced<Kept extends Entry>(
  entries: readonly Kept[],
  fields: Fields,
): (Kept | [string, string])[] {
  const said = fieldNames.filter((name) => fields[name] !== undefined);
  const kept = entries.filter(([name]) => !said.some((field) => spells(field)(name)));
  const added = said.flatMap((name): [string, string][] => {
    const text = fields[name];
    return typeof text === "string" ? [[name, text]] : [];
  });
  return [...kept, ...added];
}
