import type { JsonValue } from "../vocabulary/json.ts";

/** What has a JSON text. Objects of your own types are welcome; of what has none (a cycle, a bigint) it is said that it could not be kept. */
export type Recordable = JsonValue | object;

/** The recorder serialises before it believes. */
export function asJson(value: Recordable): JsonValue {
  return value as JsonValue;
}
