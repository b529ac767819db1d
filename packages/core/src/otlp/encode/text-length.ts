import type { JsonValue } from "../../vocabulary/json.ts";

/** About how long the JSON text of a value is: without making it, and without counting what is beyond `most`. */
export function textLength(value: JsonValue, most: number = Number.POSITIVE_INFINITY): number {
  if (typeof value === "string") return value.length + 2;
  if (typeof value !== "object" || value === null) return 5;
  let length = 2;
  const members = Array.isArray(value) ? value.entries() : Object.entries(value);
  for (const [name, member] of members) {
    if (length > most) break;
    length += (typeof name === "string" ? name.length + 4 : 1) + textLength(member, most - length);
  }
  return length;
}
