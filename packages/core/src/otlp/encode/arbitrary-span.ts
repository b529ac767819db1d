import * as fc from "fast-check";
import type { Span } from "../../run-tree/span.ts";
import { arbitraryEvent } from "../../schema/arbitrary-event.ts";
import type { SpanId, TraceId } from "../../vocabulary/event.ts";
import { exampleSpan } from "./example-span.ts";

const hexDigits = Array.from({ length: 16 }, (_, digit) => digit.toString(16));

function hex(length: number): fc.Arbitrary<string> {
  const unit = fc.constantFrom(...hexDigits);
  return fc.string({ unit, minLength: length, maxLength: length });
}

function maybe<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> {
  return fc.option(value, { nil: null });
}

const kinds: readonly Span["kind"][] = [
  "turn",
  "model",
  "tool",
  "workflow",
  "agent",
  "task",
  "step",
  "plan",
  "retrieval",
  "memory",
  "guardrail",
  "compaction",
  "other",
];
const statuses: readonly Span["status"][] = [
  "ok",
  "error",
  "cancelled",
  "suspended",
  "open",
  "abandoned",
];

const spanId = hex(16) as fc.Arbitrary<SpanId>;
const traceId = hex(32) as fc.Arbitrary<TraceId>;
const name = fc.string({ unit: "binary" });
const tokens = maybe(fc.oneof(fc.integer(), fc.double()));
const usage = fc.record({
  input: tokens,
  cacheRead: tokens,
  cacheWrite: tokens,
  output: tokens,
  reasoning: tokens,
});
const time = maybe(fc.oneof(fc.double(), fc.double({ min: 1e12, max: 2e12 })));

/** Any span, and many that no honest writer would make: a recording may come from anywhere. */
export function arbitrarySpan(): fc.Arbitrary<Span> {
  return fc
    .record(
      {
        session: name,
        sessionInferred: fc.boolean(),
        traceId,
        spanId,
        parentSpanId: maybe(spanId),
        turnSpanId: maybe(spanId),
        causedBy: maybe(spanId),
        kind: fc.constantFrom(...kinds),
        name,
        agent: maybe(name),
        status: fc.constantFrom(...statuses),
        errorType: maybe(name),
        attempt: maybe(fc.double()),
        startedAt: time,
        endedAt: time,
        inferred: fc.uniqueArray(fc.constantFrom("startedAt", "endedAt")),
        model: maybe(name),
        promptName: maybe(name),
        promptVersion: maybe(name),
        usage: maybe(usage),
        unattributed: maybe(usage),
        reportedUsd: maybe(fc.double()),
        links: fc.array(fc.record({ kind: fc.constantFrom("previous", "fork"), traceId, spanId })),
        marks: fc.array(arbitraryEvent()),
      },
      { requiredKeys: [] },
    )
    .map((known) => exampleSpan(known as Partial<Span>));
}
