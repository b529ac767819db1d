import { types } from "node:util";
import { memberOf } from "../../callbacks/reading.ts";

/** Deeper than any state that people have, and shallow enough for any stack. */
const mostLevels = 1_000;

/**
 * The value as one text, the same before it was stored and after it was loaded: as LangGraph's own serializer means it, with the names in order and
 * without what is undefined. It asks no serializer, so it is the same text under encryption. Throws where the value cannot be read to its end.
 */
export function canonicalText(value: unknown): string {
  return textOf(value, "", []) ?? "null";
}

/** Undefined: nothing is stored of it. `above`: what it lies in, outermost first. */
function textOf(given: unknown, name: string, above: object[]): string | undefined {
  const value = asStored(given, name);
  if (typeof value === "number") return Number.isFinite(value) ? JSON.stringify(value) : "null";
  if (typeof value === "bigint") return `{"bigint":"${value}"}`;
  if (typeof value !== "object") return JSON.stringify(value);
  if (value === null) return "null";
  const self = given as object;
  if (above.includes(self)) return '"[Circular]"';
  if (above.length >= mostLevels) throw new RangeError("the value is too deep to be read");
  above.push(self);
  const text = Array.isArray(value) ? listText(value, above) : objectText(value, above);
  above.pop();
  return text;
}

function listText(list: readonly unknown[], above: object[]): string {
  return `[${Array.from(list, (item) => textOf(item, "", above) ?? "null").join(",")}]`;
}

/** LangGraph loses what has the name of every object's prototype when it loads it. */
function objectText(value: object, above: object[]): string {
  const members: string[] = [];
  for (const name of Object.keys(value).toSorted()) {
    if (name === "__proto__") continue;
    const text = textOf((value as Readonly<Record<string, unknown>>)[name], name, above);
    if (text !== undefined) members.push(`${JSON.stringify(name)}:${text}`);
  }
  return `{${members.join(",")}}`;
}

/** What LangGraph's serializer writes in the place of a value. */
function asStored(given: unknown, name: string): unknown {
  if (typeof given !== "object" || given === null) return given;
  if (given instanceof Uint8Array) return bytes(given);
  const { toJSON } = given as { readonly toJSON?: unknown };
  const value: unknown = typeof toJSON === "function" ? toJSON.call(given, name) : given;
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Map || value instanceof Set) return record(value, [Array.from(value)]);
  if (value instanceof RegExp) return record(value, [value.source, value.flags]);
  if (value instanceof Error) return { ...record(value, [value.message]), id: ["Error"] };
  if (types.isBoxedPrimitive(value)) return value.valueOf();
  return ofLangGraph(value);
}

/** A Buffer says of itself what a list of numbers under `data` says after it was loaded. */
function ofLangGraph(value: object): unknown {
  switch (memberOf(value, "lg_name")) {
    case "Send": {
      const { node, args, timeout } = value as Readonly<Record<string, unknown>>;
      return { node, args, timeout };
    }
    case "DeltaSnapshot":
      return { lc: 2, type: "delta_snapshot", value: memberOf(value, "value") };
    default: {
      const data = memberOf(value, "data");
      return memberOf(value, "type") === "Buffer" && Array.isArray(data)
        ? bytes(Uint8Array.from(data as readonly number[]))
        : value;
    }
  }
}

function record(value: object, given: readonly unknown[]): object {
  const { name } = value.constructor;
  return { lc: 2, type: "constructor", id: [name], method: null, args: given, kwargs: {} };
}

function bytes(given: Uint8Array): object {
  return { lc: 2, type: "bytes", base64: Buffer.from(given).toString("base64") };
}
