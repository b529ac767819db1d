import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isRecord } from "../vocabulary/json.ts";
import { arbitraryCorruption } from "./arbitrary-corruption.ts";
import { arbitraryEvent } from "./arbitrary-event.ts";
import { eventJsonSchema } from "./json-schema.ts";

const schema = eventJsonSchema();

test("the schema in the documentation is the one that the table makes", () => {
  const file = new URL("../../../../docs/spec/event.schema.json", import.meta.url);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(schema);
});

test("the schema allows what the parser allows", () => {
  fc.assert(
    fc.property(arbitraryEvent(), (event) => {
      expect(allows(schema, event)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("the schema refuses what the parser refuses", () => {
  fc.assert(
    fc.property(arbitraryCorruption(), ({ corrupted }) => {
      expect(allows(schema, corrupted)).toBe(false);
    }),
    { numRuns: 500 },
  );
});

/** The few words of JSON Schema that ours is written in; any other makes the test fail. */
const words: Readonly<Record<string, (told: unknown, value: unknown, schema: object) => boolean>> =
  {
    $schema: () => true,
    $defs: () => true,
    title: () => true,
    $ref: (told, value) => allows(definition(String(told)), value),
    const: (told, value) => told === value,
    enum: (told, value) => listOf(told).includes(value),
    type: (told, value) => kindsOf(value).includes(String(told)),
    maxLength: (told, value) =>
      typeof value === "string" && Array.from(value).length <= Number(told),
    minimum: (told, value) => Number(value) >= Number(told),
    pattern: (told, value) =>
      typeof value === "string" && new RegExp(String(told), "u").test(value),
    items: (told, value) => listOf(value).every((item) => allows(told, item)),
    maxItems: (told, value) => listOf(value).length <= Number(told),
    required: (told, value) =>
      listOf(told).every((name) => isRecord(value) && String(name) in value),
    properties: (told, value) =>
      isRecord(told) &&
      isRecord(value) &&
      Object.entries(told).every(([name, inner]) => !(name in value) || allows(inner, value[name])),
    anyOf: (told, value) => listOf(told).some((one) => allows(one, value)),
    oneOf: (told, value) => listOf(told).filter((one) => allows(one, value)).length === 1,
  };

function allows(told: unknown, value: unknown): boolean {
  if (!isRecord(told)) throw new TypeError(`expected a schema, received ${JSON.stringify(told)}`);
  return Object.entries(told).every(([word, meaning]) => {
    const holds = words[word];
    if (!holds) throw new TypeError(`expected a word of JSON Schema, received ${word}`);
    return holds(meaning, value, told);
  });
}

function definition(reference: string): unknown {
  const definitions = schema["$defs"];
  return isRecord(definitions) ? definitions[reference.replace("#/$defs/", "")] : undefined;
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function kindsOf(value: unknown): readonly string[] {
  if (value === null) return ["null"];
  if (Array.isArray(value)) return ["array"];
  return Number.isInteger(value) ? ["number", "integer"] : [typeof value];
}
