import { isRecord, type JsonObject, type JsonValue } from "../../../vocabulary/json.ts";

/** A piece of a message that says what it is, as most providers write them. */
export type Block = JsonObject & { readonly type: string };

export function isBlock(value: JsonValue | undefined): value is Block {
  return isRecord(value) && typeof value["type"] === "string";
}

/** The first of these fields that holds a text. */
export function textIn(fields: JsonObject, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = fields[name];
    if (typeof value === "string") return value;
  }
  return null;
}

/** The first of these fields that holds anything. */
export function valueIn(fields: JsonObject, ...names: readonly string[]): JsonValue | undefined {
  return names.map((name) => fields[name]).find((value) => value !== undefined);
}

/** The fields of the first of these that has some; none where there is no such thing. */
export function recordIn(fields: JsonObject, ...names: readonly string[]): JsonObject {
  const record = names.map((name) => fields[name]).find(isRecord);
  return (record as JsonObject | undefined) ?? {};
}
