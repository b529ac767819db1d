import { acceptsOf } from "../schema/accept.ts";
import type { AnyShape, Fields } from "../schema/shape.ts";
import { isRecord } from "../vocabulary/json.ts";

/** What is left of a value when it is made to fit. What cannot be made to fit comes back as it was. */
export type Fits = (value: unknown) => unknown;

type AnyRecord = Readonly<Record<string, unknown>>;
type FieldsFit = (value: AnyRecord) => AnyRecord;

const mostNames = 100;
const unchanged: Fits = (value) => value;

/** Cuts names to the length that the format gives them, and leaves out what it has no word for: the result shares nothing with the value. */
export function fittingOf(shape: AnyShape): Fits {
  switch (shape.kind) {
    case "text":
      return shape.name === "name"
        ? (value) => (typeof value === "string" ? cut(value, shape.maxLength) : value)
        : unchanged;
    case "list": {
      const item = fittingOf(shape.items);
      const most = shape.items.name === "name" ? mostNames : Number.POSITIVE_INFINITY;
      return (value) => (Array.isArray(value) ? value.slice(0, most).map(item) : value);
    }
    case "object": {
      const fields = fieldsFitting(shape.fields);
      return (value) => (isRecord(value) ? fields(value) : value);
    }
    case "tagged": {
      const { tag } = shape;
      const cases: ReadonlyMap<unknown, FieldsFit> = new Map(
        Object.entries(shape.cases).map(([name, fields]) => [name, fieldsFitting(fields)]),
      );
      return (value) => {
        const fields = isRecord(value) ? cases.get(value[tag]) : undefined;
        return fields && isRecord(value) ? { [tag]: value[tag], ...fields(value) } : value;
      };
    }
    case "union": {
      const alternatives = shape.alternatives.map((alternative) => ({
        fit: fittingOf(alternative),
        accepts: acceptsOf(alternative),
      }));
      return (value) => {
        for (const { fit, accepts } of alternatives) {
          const fitting = fit(value);
          if (accepts(fitting)) return fitting;
        }
        return value;
      };
    }
    default:
      return unchanged;
  }
}

function fieldsFitting(fields: Fields): FieldsFit {
  const all = Object.entries(fields).map(([name, field]) => ({
    name,
    fit: fittingOf("optional" in field ? field.optional : field),
  }));
  return (value) => {
    const fitting: Record<string, unknown> = {};
    for (const { name, fit } of all) {
      const said = value[name];
      if (said !== undefined) fitting[name] = fit(said);
    }
    return fitting;
  };
}

/** Never in the middle of a character. */
function cut(name: string, length: number): string {
  return name.length > length ? name.slice(0, length).replace(/[\ud800-\udbff]$/, "") : name;
}
