/** What survives a round trip through JSON text. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
/** Its members, by their names. */
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/** Narrows what came from outside to something whose fields can be looked at. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
