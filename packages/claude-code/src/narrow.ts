import { isRecord } from "@spoor/core";
import type { JsonValue } from "@spoor/core";

/** What came from outside as an object, each field of it still to be narrowed. */
export type Fields = Readonly<Record<string, unknown>>;
const none: Fields = {};

/** A text with something in it. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

export const numberOf = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isFinite(value) ? value : undefined;

export const fieldsOf = (value: unknown): Fields => (isRecord(value) ? value : none);

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const zoned = /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/;

/** Milliseconds since the epoch, of an ISO time that says its zone. */
export function timeOf(value: unknown): number | undefined {
  const text = textOf(value);
  return text !== undefined && zoned.test(text) ? numberOf(Date.parse(text)) : undefined;
}

/** What a line holds came from JSON text, or from an SDK that read JSON text. */
export const jsonOf = (value: unknown): JsonValue => value as JsonValue;

/** Leaves out what is not known: to the vocabulary an absent field is unknown, an undefined one is a mistake. */
export function known<Given extends object>(
  given: Given,
): { [Name in keyof Given]?: Exclude<Given[Name], undefined> } {
  return pick(given, (_, value) => value !== undefined) as {
    [Name in keyof Given]?: Exclude<Given[Name], undefined>;
  };
}

/** The named fields, as `native` holds them; undefined where there is none of them. */
export function only(value: object, names: ReadonlySet<string>): JsonValue | undefined {
  const kept = pick(value, (name, field) => names.has(name) && field !== undefined);
  return kept === none ? undefined : jsonOf(kept);
}

/** The fields that are wanted; `none` itself where there are none. Runs on each line of an import, so it makes nothing that is thrown away. */
function pick(value: object, wanted: (name: string, field: unknown) => boolean): Fields {
  let picked: Record<string, unknown> | null = null;
  const fields = value as Fields;
  for (const name of Object.keys(fields)) {
    const field = fields[name];
    if (wanted(name, field)) (picked ??= {})[name] = field;
  }
  return picked ?? none;
}
