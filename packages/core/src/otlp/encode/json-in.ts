import { isRecord, type JsonValue } from "../../vocabulary/json.ts";

/**
 * What a text is as JSON. Undefined where it is none, and where it is deeper than so many levels: reading JSON takes any depth, writing it does not,
 * and a model may write whatever it likes. Never throws.
 */
export function jsonIn(text: string, mostLevels: number): JsonValue | undefined {
  try {
    const value = JSON.parse(text) as JsonValue;
    return isDeeper(value, mostLevels) ? undefined : value;
  } catch {
    return undefined;
  }
}

function isDeeper(value: JsonValue, levels: number): boolean {
  if (!Array.isArray(value) && !isRecord(value)) return false;
  return (
    levels === 0 || Object.values<JsonValue>(value).some((member) => isDeeper(member, levels - 1))
  );
}
