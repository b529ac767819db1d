import type { JsonObject, JsonValue } from "../vocabulary/json.ts";
import { agentEvent } from "./events.ts";
import type { AnyShape, Fields } from "./shape.ts";

type Definitions = Record<string, JsonValue>;

/** JSON Schema (draft 2020-12) of an event, made of the table that `parseEvent` goes by. */
export function eventJsonSchema(): JsonObject {
  const definitions: Definitions = {};
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Spoor event, v0",
    ...schemaOf(agentEvent, definitions),
    $defs: definitions,
  };
}

function schemaOf(shape: AnyShape, definitions: Definitions): JsonObject {
  if (shape.name === undefined) return inPlace(shape, definitions);
  return define(shape.name, () => inPlace(shape, definitions), definitions);
}

/** Taken down before it is made, so that definitions stand in the order they are first spoken of. */
function define(name: string, make: () => JsonObject, definitions: Definitions): JsonObject {
  if (!Object.hasOwn(definitions, name)) {
    definitions[name] = true;
    definitions[name] = make();
  }
  return { $ref: `#/$defs/${name}` };
}

function inPlace(shape: AnyShape, definitions: Definitions): JsonObject {
  switch (shape.kind) {
    case "text":
      return { type: "string", maxLength: shape.maxLength };
    case "hex":
      return { type: "string", pattern: `^[0-9a-f]{${shape.digits}}$` };
    case "number":
      return { type: "number" };
    case "integer":
      return { type: "integer", minimum: shape.minimum };
    case "boolean":
      return { type: "boolean" };
    case "constant":
      return shape.values.length === 1
        ? { const: shape.values[0] ?? null }
        : { enum: shape.values };
    case "list": {
      const items = schemaOf(shape.items, definitions);
      const { maxItems } = shape;
      return { type: "array", items, ...(maxItems === undefined ? {} : { maxItems }) };
    }
    case "object":
      return objectSchema(shape.fields, definitions);
    case "tagged": {
      const cases = Object.entries(shape.cases).map(([value, fields]) => {
        const tag: AnyShape = { kind: "constant", values: [value] };
        const make = () => objectSchema({ [shape.tag]: tag, ...fields }, definitions);
        return shape.name === undefined ? define(value, make, definitions) : make();
      });
      return { oneOf: cases };
    }
    case "union":
      return { anyOf: shape.alternatives.map((one) => schemaOf(one, definitions)) };
    default:
      return shape satisfies never;
  }
}

/** Fields that are not listed are allowed, so nothing is said about them. */
function objectSchema(fields: Fields, definitions: Definitions): JsonObject {
  const properties = Object.entries(fields).map(([name, field]) => [
    name,
    schemaOf("optional" in field ? field.optional : field, definitions),
  ]);
  const required = Object.entries(fields).flatMap(([name, field]) =>
    "optional" in field ? [] : [name],
  );
  return { type: "object", properties: Object.fromEntries(properties) as JsonObject, required };
}
