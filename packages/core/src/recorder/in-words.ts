import { Buffer } from "node:buffer";
import { types } from "node:util";

/** What is said of a value that JSON has no word for; undefined: its members say what it is. May throw where the value does. */
export function inWords(value: object): string | number | boolean | undefined {
  if (types.isDate(value)) {
    const ms = Date.prototype.getTime.call(value);
    return Number.isNaN(ms) ? "[invalid date]" : new Date(ms).toISOString();
  }
  if (ArrayBuffer.isView(value)) return `[${kindOfView(value)} of ${value.byteLength} bytes]`;
  if (types.isAnyArrayBuffer(value)) return `[ArrayBuffer of ${value.byteLength} bytes]`;
  if (types.isRegExp(value))
    return `[regular expression ${clipped(RegExp.prototype.toString.call(value))}]`;
  if (types.isBoxedPrimitive(value)) return primitiveInWords(value.valueOf());
  if (types.isPromise(value)) return "[promise]";
  if (types.isWeakMap(value) || types.isWeakSet(value)) return "[weak collection]";
  if (types.isGeneratorObject(value)) return "[generator]";
  return undefined;
}

/** Of what is no object. */
export function primitiveInWords(value: unknown): string | number | boolean | undefined {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? value : `[${value}]`;
    case "bigint":
      return -longestBigint < value && value < longestBigint ? `[bigint ${value}]` : "[bigint]";
    case "symbol":
      return `[symbol ${clipped(value.description ?? "")}]`;
    case "function":
      return `[function ${clipped(nameOf(value))}]`;
    default:
      return undefined;
  }
}

/** Of an instance that has no fields of its own. */
export function instanceInWords(value: object): string {
  const { constructor } = value as { readonly constructor?: unknown };
  return `[${(typeof constructor === "function" && clipped(nameOf(constructor))) || "object"}]`;
}

/** Writing a longer one takes more than its length. */
const longestBigint = 2n ** 512n;
const mostCharacters = 200;

function kindOfView(value: ArrayBufferView): string {
  return Buffer.isBuffer(value) ? "Buffer" : Object.prototype.toString.call(value).slice(8, -1);
}

function nameOf(named: { readonly name: string }): string {
  try {
    const { name }: { readonly name: unknown } = named;
    return typeof name === "string" && name !== "" ? name : "without a name";
  } catch {
    return "without a name";
  }
}

function clipped(text: string): string {
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text;
}
