import { isRecord, type JsonValue } from "@spoor/core";

/** What came from outside as an object, each field of it still to be narrowed. */
export type Fields = Readonly<Record<string, unknown>>;
const none: Fields = {};

/** A text with something in it. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

/** Tokens, or another number of things. */
export const countOf = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;

export const fieldsOf = (value: unknown): Fields => (isRecord(value) ? value : none);

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const isText = (value: unknown): value is string => typeof value === "string";

/** What a line holds came from JSON text. */
export const jsonOf = (value: unknown): JsonValue => (value ?? null) as JsonValue;

/** Undefined where the text is no JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Names stand in the open in a journal, so they stay short. */
export const nameOf = (value: unknown, otherwise: string): string =>
  (textOf(value) ?? otherwise).slice(0, 200);

/** A field that is only said where there is something to say. */
export function told<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): Partial<Record<Name, Value>> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, Value>);
}

/** Content, where the line holds something. */
export const content = <Name extends string>(
  name: Name,
  value: unknown,
): Partial<Record<Name, JsonValue>> =>
  told(name, value === undefined || value === null || value === "" ? undefined : jsonOf(value));

/** The same of what a run was given: an empty object says nothing. */
export const given = (value: unknown): { readonly input?: JsonValue } =>
  isRecord(value) && Object.keys(value).length === 0 ? {} : content("input", value);

/** The same text for the same value; of one that is nested too deep to be written, none. */
export function textFor(value: unknown): string {
  try {
    return JSON.stringify(value, inOrder);
  } catch {
    return "";
  }
}

/** Whatever order its fields stand in. */
function inOrder(_name: string, value: unknown): unknown {
  if (!isRecord(value)) return value;
  const fields = Object.entries(value);
  return Object.fromEntries(fields.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
