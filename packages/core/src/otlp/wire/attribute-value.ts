import type { AnyValue } from "./key-value.ts";

/** An attribute's value as JavaScript has it. Whole numbers are such that a number holds them exactly. */
export function attributeValue(value: AnyValue): string | number | boolean | string[] {
  if ("stringValue" in value) return value.stringValue;
  if ("intValue" in value) return Number(value.intValue);
  if ("doubleValue" in value) return value.doubleValue;
  if ("boolValue" in value) return value.boolValue;
  return value.arrayValue.values.map((item) => String(attributeValue(item)));
}
