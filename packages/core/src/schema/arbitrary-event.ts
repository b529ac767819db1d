import * as fc from "fast-check";
import type { AgentEvent } from "../vocabulary/event.ts";
import { agentEvent } from "./events.ts";
import type { AnyShape, Fields } from "./shape.ts";

/** For tests: any event that the format allows, made of the same table that it is checked by. Its ids and keys do not belong together. */
export function arbitraryEvent(): fc.Arbitrary<AgentEvent> {
  return anyOf(agentEvent) as fc.Arbitrary<AgentEvent>;
}

function anyOf(shape: AnyShape): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case "text":
      return fc.string({ unit: "binary", maxLength: shape.maxLength });
    case "hex":
      return fc.string({
        unit: fc.constantFrom(...Array.from("0123456789abcdef")),
        minLength: shape.digits,
        maxLength: shape.digits,
      });
    case "number":
      return fc.double({ noNaN: true, noDefaultInfinity: true }).map(withoutMinusZero);
    case "integer":
      return fc.maxSafeNat().map((count) => Math.max(count, shape.minimum));
    case "boolean":
      return fc.boolean();
    case "constant":
      return fc.constantFrom(...shape.values);
    case "list":
      return fc.array(anyOf(shape.items), { maxLength: Math.min(shape.maxItems ?? 8, 8) });
    case "object":
      return anyRecord(shape.fields);
    case "tagged":
      return fc.oneof(
        ...Object.entries(shape.cases).map(([value, fields]) =>
          anyRecord(fields).map((record) => ({ [shape.tag]: value, ...record })),
        ),
      );
    case "union":
      return fc.oneof(...shape.alternatives.map(anyOf));
    default:
      return shape satisfies never;
  }
}

function anyRecord(fields: Fields): fc.Arbitrary<object> {
  const arbitraries = Object.entries(fields).map(([name, field]) => [
    name,
    anyOf("optional" in field ? field.optional : field),
  ]);
  const requiredKeys = Object.keys(fields).filter((name) => !("optional" in (fields[name] ?? {})));
  return fc.record(Object.fromEntries(arbitraries) as Record<string, fc.Arbitrary<unknown>>, {
    requiredKeys,
    noNullPrototype: true,
  });
}

/** JSON text has no minus zero: it comes back as zero. */
const withoutMinusZero = (value: number): number => (value === 0 ? 0 : value);
