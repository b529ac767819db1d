import { isRecord, type JsonObject, type JsonValue } from "../../vocabulary/json.ts";

/** Deeper than anybody nests attributes; a line made to be deeper is cut there, not followed. */
const deepest = 64;

/** What an attribute says, as plain JSON; whole numbers beyond what a number holds exactly, and bytes, stay text. Undefined: it says nothing. */
function valueIn(said: unknown, depth: number): JsonValue | undefined {
  if (!isRecord(said) || depth > deepest) return undefined;
  const { stringValue, boolValue, intValue, doubleValue, arrayValue, kvlistValue, bytesValue } =
    said;
  if (typeof stringValue === "string") return stringValue;
  if (typeof boolValue === "boolean") return boolValue;
  if (intValue !== undefined) return wholeIn(intValue);
  if (doubleValue !== undefined) return decimalIn(doubleValue);
  if (isRecord(arrayValue)) return listIn(arrayValue["values"], depth);
  if (isRecord(kvlistValue)) return attributesIn(kvlistValue["values"], depth + 1);
  return typeof bytesValue === "string" ? bytesValue : undefined;
}

const listIn = (values: unknown, depth: number): readonly JsonValue[] =>
  Array.isArray(values) ? values.map((value) => valueIn(value, depth + 1) ?? null) : [];

function wholeIn(said: unknown): JsonValue | undefined {
  if (typeof said !== "string" && typeof said !== "number") return undefined;
  const value = Number(said);
  return said !== "" && Number.isSafeInteger(value) ? value : String(said);
}

/** Infinities and what is not a number come as text, and stay so. */
const decimalIn = (said: unknown): JsonValue | undefined =>
  typeof said === "number" || typeof said === "string" ? said : undefined;

/** By name; of a name that stands there twice, the last one. What has no name or no value is left out. */
export function attributesIn(list: unknown, depth = 0): JsonObject {
  if (!Array.isArray(list)) return {};
  return Object.fromEntries(
    list.flatMap((attribute: unknown) => {
      if (!isRecord(attribute) || typeof attribute["key"] !== "string") return [];
      const value = valueIn(attribute["value"], depth);
      return value === undefined ? [] : [[attribute["key"], value] as const];
    }),
  );
}
