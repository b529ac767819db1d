import * as fc from "fast-check";
import { expect, test } from "vitest";
import { arbitrarySpan } from "./arbitrary-span.ts";
import type { JsonValue } from "../../vocabulary/json.ts";
import { encode } from "./encode.ts";
import { overlayNames } from "./encoding.ts";
import { jsonIn } from "./json-in.ts";
import { exampleContent, exampleSpan, held } from "./example-span.ts";
import { problemsInInstructions, problemsInMessages } from "./messages/schema.fixture.ts";
import type { OtlpSpan } from "../wire/otlp.ts";
import { attributesIn, spansIn } from "./read-back.ts";

test("any span becomes JSON that survives a round trip, with well-formed ids, times and numbers", () => {
  fc.assert(
    fc.property(fc.array(arbitrarySpan(), { maxLength: 5 }), (batch) => {
      const request = encode(batch, { resource: { "service.name": "shop" }, content: null });
      const json = JSON.stringify(request);
      expect(JSON.stringify(JSON.parse(json))).toBe(json);
      expect(json.isWellFormed()).toBe(true);
      expect(json).not.toMatch(/:null|\\ud[89a-f]/);
      expect(spansIn(request)).toHaveLength(batch.length);
      for (const span of spansIn(request)) expectWellFormed(span);
    }),
  );
});

test("what it makes of a span is its own: no other span of the batch changes it", () => {
  fc.assert(
    fc.property(arbitrarySpan(), arbitrarySpan(), (one, other) => {
      const options = { resource: { "service.name": "shop" }, content: null };
      expect(spansIn(encode([one, other, exampleSpan()], options))[1]).toEqual(
        spansIn(encode([other], options))[0],
      );
    }),
  );
});

const hostile: readonly string[] = [
  "half \ud83d",
  "half \udc00",
  String.raw`\ud83d`,
  `{"a":${'{"a":'.repeat(10_000)}1${"}".repeat(10_001)}`,
  "[".repeat(10_000) + "]".repeat(10_000),
];
/** Texts that break readers and writers of JSON, alone and in something. */
const oddText = fc.constantFrom(...hostile).chain((text) =>
  fc.constantFrom<JsonValue>(
    text,
    [text],
    { [text.slice(0, 20)]: text },
    {
      role: "assistant",
      content: text,
      tool_calls: [{ id: text.slice(0, 9), function: { name: "f", arguments: text } }],
    },
  ),
);

test("whatever was said, the conventions' schemas accept it, and it is well-formed in all names at once", () => {
  const said = fc.oneof(fc.jsonValue(), oddText) as fc.Arbitrary<JsonValue>;
  const context = fc.record({ messages: fc.array(said), instructions: said, tools: said });
  fc.assert(
    fc.property(arbitrarySpan(), said, said, context, (any, input, output, sent) => {
      const { messages, instructions, tools } = sent;
      const add = messages.map(held);
      const whole = { from: null, keep: 0, cut: 0, count: add.length, add };
      const [span] = spansIn(
        encode(
          [
            {
              ...any,
              marks: [],
              input: held(input),
              output: held(output),
              parameters: held(input),
              context: { ...whole, instructions: held(instructions), tools: held(tools) },
            },
          ],
          {
            resource: {},
            content: exampleContent,
            overlays: overlayNames,
            maxAttributeBytes: 4_096,
          },
        ),
      );
      if (!span) throw new Error("expected a span, received none");
      expectWellFormed(span);
      expect(JSON.stringify(span).isWellFormed()).toBe(true);
      const told = attributesIn(span.attributes);
      const read = (name: string): unknown => (name in told ? JSON.parse(String(told[name])) : []);
      expect(problemsInMessages(read("gen_ai.input.messages"))).toEqual([]);
      expect(problemsInMessages(read("gen_ai.output.messages"))).toEqual([]);
      expect(problemsInInstructions(read("gen_ai.system_instructions"))).toEqual([]);
    }),
  );
});

/** Half a surrogate pair, as JSON would escape it. */
const brokenEscape = /(?<!\\)(?:\\\\)*\\ud[89a-f]/;

function expectWellFormed(span: OtlpSpan): void {
  for (const { traceId, spanId } of [span, ...span.links]) {
    expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(spanId).toMatch(/^[0-9a-f]{16}$/);
  }
  const { startTimeUnixNano: start, endTimeUnixNano: end } = span;
  expect(start === undefined).toBe(end === undefined);
  if (start !== undefined && end !== undefined) expect(BigInt(end) >= BigInt(start)).toBe(true);
  for (const time of [start, end, ...span.events.map(({ timeUnixNano }) => timeUnixNano)])
    if (time !== undefined) expect(time).toMatch(/^(0|[1-9]\d{0,19})$/);
  for (const attributes of [span, ...span.events, ...span.links].map((part) => part.attributes)) {
    for (const { value } of attributes) {
      if ("intValue" in value) expect(value.intValue).toMatch(/^(0|-?[1-9]\d*)$/);
      if ("stringValue" in value && jsonIn(value.stringValue, 1_024) !== undefined)
        expect(value.stringValue).not.toMatch(brokenEscape);
    }
    const keys = attributes.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  }
}
