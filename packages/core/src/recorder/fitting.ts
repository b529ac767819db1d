import { acceptsOf } from "../schema/accept.ts";
import type { AnyShape, Fields } from "../schema/shape.ts";
import { isRecord } from "../vocabulary/json.ts";

/** What is left of a value when it is made to fit. What cannot be made to fit comes back as it was. */
export type Fits = (value: unknown, redactName: RedactName) => unknown;
/** Free texts are redacted before they are cut: what is left of a secret would not be known for one. */
export type RedactName = (name: string) => string;

type AnyRecord = Readonly<Record<string, unknown>>;
type FieldsFit = (value: AnyRecord, redactName: RedactName) => AnyRecord;

const mostNames = 100;
/** More links or pieces of evidence make an entry longer than any may be. */
const mostItems = 10_000;
const unchanged: Fits = (value) => value;

/** Cuts names to the length that the format gives them, and leaves out what it has no word for: the result shares nothing with the value. */
export function fittingOf(shape: AnyShape): Fits {
  switch (shape.kind) {
    case "text":
      return shape.name === "name"
        ? (value, redactName) =>
            typeof value === "string" ? cut(redactName(value), shape.maxLength) : value
        : unchanged;
    case "list": {
      const item = fittingOf(shape.items);
      const most = shape.items.name === "name" ? mostNames : null;
      return (value, redactName) => {
        if (!Array.isArray(value)) return value;
        if (most === null && value.length > mostItems)
          throw new RangeError(`expected at most ${mostItems} items, received ${value.length}`);
        return value.slice(0, most ?? mostItems).map((each) => item(each, redactName));
      };
    }
    case "object": {
      const fields = fieldsFitting(shape.fields);
      return (value, redactName) => (isRecord(value) ? fields(value, redactName) : value);
    }
    case "tagged": {
      const { tag } = shape;
      const cases: ReadonlyMap<unknown, FieldsFit> = new Map(
        Object.entries(shape.cases).map(([name, fields]) => [name, fieldsFitting(fields)]),
      );
      return (value, redactName) => {
        const said = isRecord(value) ? value[tag] : undefined;
        const fields = cases.get(said);
        return fields && isRecord(value) ? { [tag]: said, ...fields(value, redactName) } : value;
      };
    }
    case "union": {
      const alternatives = shape.alternatives.map((alternative) => ({
        fit: fittingOf(alternative),
        accepts: acceptsOf(alternative),
      }));
      return (value, redactName) => {
        for (const { fit, accepts } of alternatives) {
          const fitting = fit(value, redactName);
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
  return (value, redactName) => {
    const fitting: Record<string, unknown> = {};
    for (const { name, fit } of all) {
      const said = value[name];
      if (said !== undefined) fitting[name] = fit(said, redactName);
    }
    return fitting;
  };
}

/** Never in the middle of a character. */
function cut(name: string, length: number): string {
  return name.length > length ? name.slice(0, length).replace(/[\ud800-\udbff]$/, "") : name;
}
