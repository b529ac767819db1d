import { isRecord } from "../vocabulary/json.ts";
import { acceptsOf } from "./accept.ts";
import type { AnyShape, Field, Fields } from "./shape.ts";

/** Where a value is not what it should be. `path` is dotted (`outcome.errorType`, `links.0.key`), empty for the value itself. */
export interface Malformed {
  readonly path: string;
  readonly expected: string;
  /** What stood there, cut to 80 characters; `nothing` where the field is missing. */
  readonly received: string;
}

/** The first fault in a value that does not have the shape. */
export function locate(shape: AnyShape, value: unknown): Malformed {
  switch (shape.kind) {
    case "list": {
      const index = Array.isArray(value) ? value.findIndex(not(acceptsOf(shape.items))) : -1;
      return Array.isArray(value) && index >= 0
        ? under(String(index), locate(shape.items, value[index]))
        : mismatch(shape, value);
    }
    case "object":
      return (isRecord(value) && locateField(shape.fields, value)) || mismatch(shape, value);
    case "tagged": {
      if (!isRecord(value)) return mismatch(shape, value);
      const tag = value[shape.tag];
      const fields = typeof tag === "string" && Object.hasOwn(shape.cases, tag) && shape.cases[tag];
      const names: AnyShape = { kind: "constant", values: Object.keys(shape.cases) };
      return fields
        ? (locateField(fields, value) ?? mismatch(shape, value))
        : under(shape.tag, mismatch(names, tag));
    }
    case "union":
      return nearest(shape.alternatives, value) ?? mismatch(shape, value);
    default:
      return mismatch(shape, value);
  }
}

function locateField(
  fields: Fields,
  record: Readonly<Record<string, unknown>>,
): Malformed | undefined {
  for (const [name, field] of Object.entries(fields)) {
    const value = record[name];
    const absent = value === undefined;
    if (absent ? !("optional" in field) : !acceptsOf(shapeOf(field))(value))
      return under(name, locate(shapeOf(field), value));
  }
  return undefined;
}

/** Of the alternatives made like the value, the one it has wrong rather than the one it lacks something of. */
function nearest(alternatives: readonly AnyShape[], value: unknown): Malformed | undefined {
  const kinds = Array.isArray(value) ? ["list"] : isRecord(value) ? ["object", "tagged"] : [];
  const problems = alternatives
    .filter(({ kind }) => kinds.includes(kind))
    .map((alternative) => locate(alternative, value));
  return problems.find(({ received }) => received !== nothing) ?? problems[0];
}

/** In words, what a value of the shape is. */
export function describeShape(shape: AnyShape): string {
  switch (shape.kind) {
    case "text":
      return `text of at most ${shape.maxLength} characters`;
    case "hex":
      return `${shape.digits} lower-case hexadecimal digits`;
    case "number":
      return "a finite number";
    case "integer":
      return `a whole number, ${shape.minimum} or more`;
    case "boolean":
      return "true or false";
    case "constant":
      return shape.values.map((value) => JSON.stringify(value)).join(" or ");
    case "list":
      return shape.maxItems === undefined ? "a list" : `a list of at most ${shape.maxItems}`;
    case "object":
    case "tagged":
      return "an object";
    case "union":
      return shape.alternatives.map(describeShape).join(" or ");
    default:
      return shape satisfies never;
  }
}

const nothing = "nothing";

/** What came, in at most 80 characters and without looking into it, because it can be of any size. */
export function describeReceived(value: unknown): string {
  if (value === undefined) return nothing;
  if (typeof value === "string") return cut(JSON.stringify(value.slice(0, 80)));
  if (Array.isArray(value)) return `a list of ${value.length}`;
  const bare = value === null || typeof value === "number" || typeof value === "boolean";
  return bare ? String(value) : isRecord(value) ? "an object" : `a ${typeof value}`;
}

const cut = (words: string): string => (words.length > 80 ? `${words.slice(0, 79)}…` : words);
const not =
  (accepts: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    !accepts(value);
const shapeOf = (field: Field): AnyShape => ("optional" in field ? field.optional : field);

const mismatch = (shape: AnyShape, value: unknown): Malformed => ({
  path: "",
  expected: describeShape(shape),
  received: describeReceived(value),
});
const under = (name: string, { path, ...rest }: Malformed): Malformed => ({
  path: path === "" ? name : `${name}.${path}`,
  ...rest,
});
