import type { JsonObject, JsonValue } from "../../../vocabulary/json.ts";
import { jsonOf, parsed } from "../row.ts";

/** What the framework said besides. It is sent as JSON text, which servers may have read. */
export function nativeIn(metadata: JsonObject): JsonValue | undefined {
  const told = metadata["spoor.native"];
  if (typeof told !== "string") return told;
  const value = parsed(told);
  return value === undefined ? told : jsonOf(value);
}
