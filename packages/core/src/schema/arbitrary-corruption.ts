import * as fc from "fast-check";
import { acceptsOf } from "./accept.ts";
import { arbitraryEvent } from "./arbitrary-event.ts";
import { agentEvent } from "./events.ts";
import type { AnyShape, Fields } from "./shape.ts";

export interface Corruption {
  readonly corrupted: unknown;
  /** Where the event is wrong, as a problem spells it. */
  readonly path: string;
}

/** For tests: an event in which one value, at whatever depth, is of a kind that has no business there. */
export function arbitraryCorruption(): fc.Arbitrary<Corruption> {
  return arbitraryEvent().chain((event) =>
    fc
      .constantFrom(...placesOf(agentEvent, event, []))
      .chain(({ path, shape }) =>
        fc
          .constantFrom(...wrongFor(shape))
          .map((wrong) => ({ corrupted: replaced(event, path, wrong), path: path.join(".") })),
      ),
  );
}

interface Place {
  readonly path: readonly string[];
  readonly shape: AnyShape;
}

/** Every place in a value that its shape says something about. */
function placesOf(shape: AnyShape, value: unknown, path: readonly string[]): readonly Place[] {
  return [{ path, shape }, ...placesWithin(shape, value, path)];
}

function placesWithin(shape: AnyShape, value: unknown, path: readonly string[]): readonly Place[] {
  if (typeof value !== "object" || value === null) return [];
  switch (shape.kind) {
    case "object":
      return placesInFields(shape.fields, value, path);
    case "tagged": {
      const tag: unknown = Reflect.get(value, shape.tag);
      const tags: AnyShape = { kind: "constant", values: Object.keys(shape.cases) };
      const fields = shape.cases[String(tag)] ?? {};
      return placesInFields({ [shape.tag]: tags, ...fields }, value, path);
    }
    case "list":
      return Object.entries(value).flatMap(([index, item]) =>
        placesOf(shape.items, item, [...path, index]),
      );
    case "union":
      return shape.alternatives
        .filter((alternative) => acceptsOf(alternative)(value))
        .flatMap((alternative) => placesWithin(alternative, value, path));
    default:
      return [];
  }
}

const placesInFields = (
  fields: Fields,
  record: object,
  path: readonly string[],
): readonly Place[] =>
  Object.entries(record).flatMap(([name, value]) => {
    const field = fields[name];
    if (!field) return [];
    return placesOf("optional" in field ? field.optional : field, value, [...path, name]);
  });

const samples: readonly unknown[] = [null, true, -0.5, "x".repeat(4_097), ["x", null], {}];
const kindOf = (value: unknown): string =>
  value === null ? "null" : Array.isArray(value) ? "list" : typeof value;

const wrongFor = (shape: AnyShape): readonly unknown[] =>
  samples.filter((sample) => !kindsOf(shape).includes(kindOf(sample)));

/** The kinds of value that a shape has room for. */
function kindsOf(shape: AnyShape): readonly string[] {
  switch (shape.kind) {
    case "text":
    case "hex":
      return ["string"];
    case "integer":
      return ["number"];
    case "constant":
      return shape.values.map(kindOf);
    case "tagged":
      return ["object"];
    case "union":
      return shape.alternatives.flatMap(kindsOf);
    case "number":
    case "boolean":
    case "list":
    case "object":
      return [shape.kind];
    default:
      return shape satisfies never;
  }
}

function replaced(value: unknown, path: readonly string[], by: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return by;
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[name] = replaced(copy[name], rest, by);
  return copy;
}
