import type { JsonValue } from "@spoor/core";

/** About how many characters a value has: of those that are no text, a few. */
export function charactersIn(value: JsonValue): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return 4;
  return Object.values(value).reduce<number>((sum, part) => sum + charactersIn(part), 8);
}
