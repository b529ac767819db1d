import { isRecord, type Loose } from "../loose.ts";

/** An attribute's value as the server reads it: lists of values, but objects and bytes only as JSON text. Throws where there is no value at all. */
function plainValue(value: unknown): unknown {
  if (!isRecord(value)) throw new TypeError("expected an attribute to have a value");
  if (value["stringValue"] !== undefined) return value["stringValue"];
  if (value["doubleValue"] !== undefined) return decimalOf(value["doubleValue"]);
  if (value["boolValue"] !== undefined) return value["boolValue"];
  const list = isRecord(value["arrayValue"]) ? value["arrayValue"]["values"] : undefined;
  if (Array.isArray(list)) return list.map(plainValue);
  return wholeOf(value["intValue"]) ?? JSON.stringify(value);
}

/** Not a number and infinity stay the text that they came as. */
function decimalOf(value: unknown): unknown {
  if (typeof value !== "string") return value;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? parsed : value;
}

function wholeOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return undefined;
  const parsed = Number(value);
  return Number.isNaN(parsed) ? undefined : parsed;
}

/** A list of keys and values as an object; the last one of a name stands. */
export function attributesIn(list: unknown): Loose {
  if (list === undefined || list === null) return {};
  const entries = (list as readonly { readonly key: string; readonly value: unknown }[]).map(
    ({ key, value }) => [key, plainValue(value)] as const,
  );
  return Object.fromEntries(entries);
}
