import { Buffer } from "node:buffer";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { exampleSpan } from "../../otlp/encode/example-span.ts";
import { textOf } from "../../otlp/encode/json-text.ts";
import { observationOf } from "../../otlp/encode/overlays/langfuse/observation-of.ts";
import type { Observation } from "../../otlp/encode/overlays/langfuse/observation.ts";
import type { JsonValue } from "../../vocabulary/json.ts";
import { fitted } from "./fitted.ts";

const plain = observationOf({ span: exampleSpan(), said: {} });
const most = 1_024;
const long = `head ${"x".repeat(5_000)} tail`;

const cut = (fields: Partial<Observation>): Observation => fitted({ ...plain, ...fields }, most);

test("what fits is left alone", () => {
  const observation = { ...plain, input: { role: "user", content: "hi" } };
  expect(fitted(observation, most)).toBe(observation);
});

test("of a long text head and tail are left, and the observation says which of its fields were shortened", () => {
  const { input, statusMessage, metadata } = cut({ input: long, statusMessage: long });
  for (const said of [input, statusMessage]) {
    expect(said).toMatch(/^head x+\n\[cut: \d+ characters\]\nx+ tail$/);
    expect(Buffer.byteLength(textOf(said ?? ""))).toBeLessThanOrEqual(most);
  }
  expect(metadata["spoor.cut"]).toBe("input, statusMessage");
});

test("messages stay messages: each is shortened, and calls keep their ids", () => {
  const { input } = cut({
    input: [
      { role: "user", content: long },
      { role: "assistant", content: null, tool_calls: [{ id: "t", function: { name: "f" } }] },
    ],
  });
  expect(input).toEqual([
    { role: "user", content: expect.stringMatching(/^head .*cut.* tail$/s) },
    { role: "assistant", content: null, tool_calls: [{ id: "t", function: { name: "f" } }] },
  ]);
});

test("a text that is JSON stays JSON", () => {
  const { output } = cut({ output: JSON.stringify({ page: long, id: 7 }) });
  expect(JSON.parse(output as string)).toEqual({ page: expect.stringMatching(/^head /), id: 7 });
});

test("metadata and parameters stay objects, and short members of them whole", () => {
  const { metadata, modelParameters } = cut({
    metadata: { "spoor.key": "k", "spoor.native": long },
    modelParameters: { top_p: 1, stop: [long] },
  });
  expect(metadata).toMatchObject({ "spoor.key": "k", "spoor.cut": "modelParameters, metadata" });
  expect(modelParameters).toMatchObject({ top_p: 1 });
  expect(JSON.stringify([metadata, modelParameters]).length).toBeLessThan(most);
});

test("whatever was said, no field is longer than asked for", () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 4 }),
      fc.integer({ min: 256, max: 2_048 }),
      (any, room) => {
        const said = [any, any, any, "é\u0000".repeat(200)] as JsonValue;
        const { input, output } = fitted({ ...plain, input: said, output: textOf(said) }, room);
        for (const value of [input, output])
          expect(Buffer.byteLength(textOf(value ?? ""))).toBeLessThanOrEqual(room);
      },
    ),
  );
});
