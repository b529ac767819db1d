import { isRecord } from "../vocabulary/json.ts";
import type { AnyShape, Cases, Fields } from "./shape.ts";

/** Whether a value has a shape. Says no more than that, because it is asked of every event that is read. */
export type Accepts = (value: unknown) => boolean;
type Inspects = (record: Readonly<Record<string, unknown>>) => boolean;

/** With the length asked first, twice as fast as one pattern for both. */
const noHexDigit = /[^0-9a-f]/;

const made: WeakMap<AnyShape, Accepts> = new WeakMap();

/** Made once for a shape, and kept with it. */
export function acceptsOf(shape: AnyShape): Accepts {
  const known = made.get(shape);
  if (known) return known;
  const accepts = make(shape);
  made.set(shape, accepts);
  return accepts;
}

function make(shape: AnyShape): Accepts {
  switch (shape.kind) {
    case "text":
      return (value) => typeof value === "string" && isWithin(value, shape.maxLength);
    case "hex":
      return (value) =>
        typeof value === "string" && value.length === shape.digits && !noHexDigit.test(value);
    case "number":
      return Number.isFinite;
    case "integer":
      return (value) => Number.isSafeInteger(value) && (value as number) >= shape.minimum;
    case "boolean":
      return (value) => typeof value === "boolean";
    case "constant": {
      const values: ReadonlySet<unknown> = new Set(shape.values);
      return (value) => values.has(value);
    }
    case "list": {
      const item = acceptsOf(shape.items);
      const maxItems = shape.maxItems ?? Infinity;
      return (value) => Array.isArray(value) && value.length <= maxItems && value.every(item);
    }
    case "object": {
      const fields = inspectorOf(shape.fields);
      return (value) => isRecord(value) && fields(value);
    }
    case "tagged":
      return taggedAccepts(shape.tag, shape.cases);
    case "union": {
      const alternatives = shape.alternatives.map(acceptsOf);
      return (value) => alternatives.some((accepts) => accepts(value));
    }
    default:
      return shape satisfies never;
  }
}

function taggedAccepts(tag: string, cases: Cases): Accepts {
  const inspectors: ReadonlyMap<unknown, Inspects> = new Map(
    Object.entries(cases).map(([value, fields]) => [value, inspectorOf(fields)]),
  );
  return (value) => isRecord(value) && inspectors.get(value[tag])?.(value) === true;
}

/** A field that is undefined is absent, as JSON has it. */
function inspectorOf(fields: Fields): Inspects {
  const all = Object.entries(fields).map(([name, field]) => ({
    name,
    required: !("optional" in field),
    accepts: acceptsOf("optional" in field ? field.optional : field),
  }));
  return (record) => {
    for (const { name, required, accepts } of all) {
      const value = record[name];
      if (value === undefined ? required : !accepts(value)) return false;
    }
    return true;
  };
}

/** Counts code points, as JSON Schema does, but only where counting code units does not settle it. */
function isWithin(value: string, maxLength: number): boolean {
  if (value.length <= maxLength) return true;
  return value.length <= 2 * maxLength && Array.from(value).length <= maxLength;
}
