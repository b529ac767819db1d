import { isRecord, type JsonObject, type JsonValue } from "../../vocabulary/json.ts";

/** What a server or a download gave as an object, each field of it still to be narrowed. */
export type Row = Readonly<Record<string, unknown>>;

export const noFields: Row = {};

export const rowOf = (value: unknown): Row => (isRecord(value) ? value : noFields);

export const rowsOf = (value: unknown): readonly Row[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];

/** A text with something in it. */
export const textOf = (value: unknown): string | null =>
  typeof value === "string" && value !== "" ? value : null;

export const numberOf = (value: unknown): number | null =>
  typeof value === "number" && Number.isFinite(value) ? value : null;

export const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === "string" && item !== "") : [];

/** Milliseconds since the epoch. Langfuse's times are in UTC, also those that do not say so. */
export function timeOf(value: unknown): number | null {
  const text = textOf(value);
  if (text === null || !/^\d{4}-\d{2}-\d{2}[T ]\d{2}:/.test(text)) return null;
  const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text.replace(" ", "T")}Z`;
  return numberOf(Date.parse(zoned));
}

/** What stands in a row came from JSON text. */
export const jsonOf = (value: unknown): JsonValue => value as JsonValue;

/** Some versions give JSON as text where others give what it says. */
export function objectIn(value: unknown): JsonObject {
  const told = typeof value === "string" ? parsed(value) : value;
  return isRecord(told) ? (told as JsonObject) : {};
}

/** Undefined: it is no JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The fields in which something stands: newer servers give an empty text for none. */
export function filled(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).filter(
      ([, value]) => value !== null && value !== undefined && value !== "",
    ),
  );
}

/** Leaves out what is not known. */
export function known<Given extends object>(
  given: Given,
): { readonly [Name in keyof Given]?: NonNullable<Given[Name]> } {
  const entries = Object.entries(given).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  return Object.fromEntries(entries) as { [Name in keyof Given]?: NonNullable<Given[Name]> };
}
