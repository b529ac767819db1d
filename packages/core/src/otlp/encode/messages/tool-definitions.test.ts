import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonValue } from "../../../vocabulary/json.ts";
import { problemsInTools } from "./schema.fixture.ts";
import { onlyNamed, toolDefinitionsOf } from "./tool-definitions.ts";

const parameters = { type: "object", properties: { q: { type: "string" } } };
const search = { type: "function", name: "search", description: "looks it up", parameters };

test.each<[string, JsonValue]>([
  [
    "OpenAI",
    [{ type: "function", function: { name: "search", description: "looks it up", parameters } }],
  ],
  ["OpenAI's responses", [search]],
  ["Anthropic", [{ name: "search", description: "looks it up", input_schema: parameters }]],
  [
    "Gemini",
    [{ functionDeclarations: [{ name: "search", description: "looks it up", parameters }] }],
  ],
  ["an object of tools", { search: { description: "looks it up", inputSchema: parameters } }],
])("a tool is defined as %s defines it", (_, tools) => {
  expect(toolDefinitionsOf(tools)).toEqual([search]);
});

test("a tool of the provider's own is called what it is", () => {
  expect(
    toolDefinitionsOf([{ type: "web_search" }, { type: "bash_20250124", name: "bash" }]),
  ).toEqual([
    { type: "web_search", name: "web_search" },
    { type: "bash_20250124", name: "bash" },
  ]);
});

test("a name alone is one, and words about what became of a list too", () => {
  expect(toolDefinitionsOf(["Bash"])).toEqual([{ type: "function", name: "Bash" }]);
  expect(toolDefinitionsOf("[erased]")).toEqual([{ type: "function", name: "[erased]" }]);
});

test("of a definition that is told again only what it must have is left", () => {
  expect(onlyNamed(search)).toEqual({ type: "function", name: "search" });
});

test("whatever was said, the schema of the conventions accepts what is made of it", () => {
  fc.assert(
    fc.property(fc.jsonValue() as fc.Arbitrary<JsonValue>, (tools) => {
      expect(problemsInTools(toolDefinitionsOf(tools))).toEqual([]);
    }),
  );
});
