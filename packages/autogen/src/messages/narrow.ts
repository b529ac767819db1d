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

const zoned = /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/;

/** A time as drafts have it, of an ISO time that says its zone; else nothing. */
export function timed(value: unknown): { readonly at?: { readonly ms: number } } {
  const text = textOf(value);
  const ms = text !== undefined && zoned.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isFinite(ms) ? { at: { ms } } : {};
}
