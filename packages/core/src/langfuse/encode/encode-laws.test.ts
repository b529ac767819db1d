import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitrarySpan } from "../../otlp/encode/arbitrary-span.ts";
import { exampleContent, exampleSpan, held } from "../../otlp/encode/example-span.ts";
import { attributesIn, spansIn } from "../../otlp/encode/read-back.ts";
import type { Span, SpanKind } from "../../run-tree/span.ts";
import type { JsonValue } from "../../vocabulary/json.ts";
import { encodeObservations } from "./encode.ts";

test("any span becomes JSON with well-formed ids, times and text, under Langfuse's names alone, each once", () => {
  fc.assert(
    fc.property(fc.array(arbitrarySpan(), { maxLength: 4 }), (batch) => {
      const request = encodeObservations(batch, { content: null });
      const json = JSON.stringify(request);
      expect(JSON.stringify(JSON.parse(json))).toBe(json);
      expect(json).not.toMatch(/\\ud[89a-f]/);
      for (const { traceId, spanId, startTimeUnixNano, endTimeUnixNano, attributes } of spansIn(
        request,
      )) {
        expect(`${traceId} ${spanId}`).toMatch(/^[0-9a-f]{32} [0-9a-f]{16}$/);
        expect(startTimeUnixNano === undefined).toBe(endTimeUnixNano === undefined);
        expect(BigInt(endTimeUnixNano ?? 0) >= BigInt(startTimeUnixNano ?? 0)).toBe(true);
        const keys = attributes.map(({ key }) => key);
        expect(keys.filter((key) => !key.startsWith("langfuse."))).toEqual([]);
        expect(new Set(keys).size).toBe(keys.length);
      }
    }),
  );
});

test("what it makes of a span is its own: no other span of the batch changes it", () => {
  fc.assert(
    fc.property(arbitrarySpan(), arbitrarySpan(), (one, other) => {
      const alone = spansIn(encodeObservations([other], { content: null }));
      const together = spansIn(encodeObservations([one, other], { content: null }));
      expect(together.slice(-alone.length)).toEqual(alone);
    }),
  );
});

test("every row of a span says the same of its trace", () => {
  fc.assert(
    fc.property(arbitrarySpan(), (span) => {
      const traces = spansIn(encodeObservations([span], { content: null })).map(({ attributes }) =>
        Object.entries(attributesIn(attributes)).filter(([key]) =>
          /^langfuse\.(?:trace|session|user|environment|release|version)/.test(key),
        ),
      );
      for (const trace of traces) expect(trace).toEqual(traces[0]);
    }),
  );
});

test("whatever was said, what should be JSON is JSON, and tokens and versions are whole numbers", () => {
  const said = fc.jsonValue() as fc.Arbitrary<JsonValue>;
  fc.assert(
    fc.property(arbitrarySpan(), said, fc.array(said), (any, value, messages) => {
      const add = messages.map(held);
      const span = {
        ...any,
        marks: [],
        input: held(value),
        output: held(value),
        parameters: held(value),
        native: held(value),
        context: { from: null, keep: 0, cut: 0, count: add.length, add, tools: held(value) },
      };
      const options = { content: exampleContent, graph: true, maxFieldBytes: 4_096 };
      for (const { attributes } of spansIn(encodeObservations([span], options))) {
        const told = attributesIn(attributes);
        const json = (name: string): unknown =>
          JSON.parse((told[`langfuse.observation.${name}`] ?? "{}") as string);
        expect(json("metadata")).toBeTypeOf("object");
        expect(json("model.parameters")).toBeTypeOf("object");
        for (const tokens of Object.values(json("usage_details") as object))
          expect(Number.isSafeInteger(tokens) && tokens >= 0).toBe(true);
      }
    }),
  );
});

describe("where no content goes out", () => {
  const secret = held("planted secret");
  const kinds = ["turn", "model", "tool", "agent", "retrieval", "step", "guardrail"] as const;

  const spoken = (kind: SpanKind, status: Span["status"]): Span =>
    exampleSpan({
      kind,
      status,
      errorType: status === "error" ? "Timeout" : null,
      detail: secret,
      input: secret,
      output: secret,
      parameters: secret,
      native: secret,
      context: { from: null, keep: 0, cut: 0, count: 1, add: [secret], instructions: secret },
      labels: { ...exampleSpan().labels, userId: secret },
    });

  test("no word of users, models and tools leaves, nor the text of an error", () => {
    for (const kind of kinds)
      for (const status of ["ok", "error", "cancelled", "suspended"] as const) {
        const span = spoken(kind, status);
        const sent = (content: typeof exampleContent | null): string =>
          JSON.stringify(encodeObservations([span], { content }));
        expect(sent(null)).not.toContain("planted");
        expect(sent(exampleContent)).toContain("planted");
      }
  });

  test("nor does one of a mark", () => {
    const marks = [
      ["interrupt.raised", "payload"],
      ["message.sent", "content"],
      ["decision.made", "choice"],
      ["finding.raised", "detail"],
      ["log.written", "content"],
      ["native.noted", "native"],
    ].map(([type, field = ""]) => ({
      v: 0,
      id: "e",
      recordedAt: 1,
      sequence: 1,
      session: "s",
      source: "api",
      on: "key-1",
      mark: "m",
      role: "user",
      kind: "route",
      code: "loop",
      name: "ping",
      level: "info",
      severity: "info",
      evidence: [],
      type,
      [field]: secret,
    })) as unknown as Span["marks"];
    const sent = (content: typeof exampleContent | null): string =>
      JSON.stringify(encodeObservations([exampleSpan({ marks })], { content }));
    expect(sent(null)).not.toContain("planted");
    expect(sent(exampleContent).split("planted")).toHaveLength(marks.length + 1);
  });
});

test.each([
  [{}, "langfuse-sdk.spoor"],
  [{ scopeName: "mine" }, "mine"],
])("their scope is the one that is asked for: %j", (options, name) => {
  const [resource] = encodeObservations([], { content: null, ...options }).resourceSpans;
  expect(resource?.scopeSpans[0]?.scope.name).toBe(name);
});
