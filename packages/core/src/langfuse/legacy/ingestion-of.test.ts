import { expect, test } from "vitest";
import { exampleContent, exampleSpan, held } from "../../otlp/encode/example-span.ts";
import type { Observation } from "../../otlp/encode/overlays/langfuse/observation.ts";
import type { Span } from "../../run-tree/span.ts";
import type { SpanId } from "../../vocabulary/event.ts";
import { observationsOf } from "../encode/observations.ts";
import type { IngestionEvent } from "../ingestion/ingestion-event.ts";
import { ingestionOf } from "./ingestion-of.ts";

const observation = (known: Partial<Span>): Observation => {
  const [first] = observationsOf(exampleSpan(known), { content: exampleContent });
  if (!first) throw new Error("expected an observation, received none");
  return first;
};

function linesOf(said: Observation): readonly [IngestionEvent, IngestionEvent] {
  const [trace, row] = ingestionOf([said]);
  if (!trace || !row) throw new Error("expected a trace and a row");
  return [trace, row];
}

test("a row names its trace and its parent, and says when it was", () => {
  const said = observation({
    kind: "tool",
    parentSpanId: "2".repeat(16) as SpanId,
    startedAt: 1_000,
    endedAt: 2_000,
  });
  const [, { type, id, timestamp, body }] = linesOf(said);
  expect([type, id, timestamp]).toEqual(["span-create", said.id, "1970-01-01T00:00:01.000Z"]);
  expect(body).toMatchObject({
    id: said.id,
    traceId: said.traceId,
    parentObservationId: "2".repeat(16),
    startTime: "1970-01-01T00:00:01.000Z",
    endTime: "1970-01-01T00:00:02.000Z",
  });
});

test("a call for vectors is a generation there, with its tokens", () => {
  const usage = { input: 9, cacheRead: null, cacheWrite: null, output: null, reasoning: null };
  const said = observation({ kind: "model", operation: "embeddings", model: "small", usage });
  const [, { type, body }] = linesOf(said);
  expect(type).toBe("generation-create");
  expect(body).toMatchObject({ model: "small", usageDetails: { input: 9 } });
});

test("a line is the same whenever it is sent, and no two of a batch are answered by one id", () => {
  const spans = ["1", "2"].map((digit) => observation({ spanId: digit.repeat(16) as SpanId }));
  const lines = (): readonly IngestionEvent[] => spans.flatMap((span) => ingestionOf([span]));
  expect(new Set(lines().map(({ id }) => id)).size).toBe(4);
  expect(lines()).toEqual(lines());
});

test("what happened on a span is in the same trace, which is told once", () => {
  const span = observation({});
  const mark = { ...span, id: "f".repeat(16) as SpanId, type: "event", parentId: span.id } as const;
  expect(ingestionOf([span, mark]).map(({ type }) => type)).toEqual([
    "trace-create",
    "span-create",
    "event-create",
  ]);
});

test("only the uppermost says what went into its trace, and what came out", () => {
  const turn = { kind: "turn", input: held("question"), output: held("answer") } as const;
  const root = { ...observation(turn), isRoot: true };
  expect(linesOf(root)[0].body).toMatchObject({ input: "question", output: "answer" });
  const [trace] = linesOf({ ...root, isRoot: false });
  expect(trace.body).not.toHaveProperty("input");
  expect(trace.body["id"]).toBe(root.traceId);
});

test("what is unknown is left out, and never said to be nothing", () => {
  const [trace, { body }] = linesOf({
    ...observation({ kind: "model", usage: null }),
    usageDetails: null,
    costDetails: null,
    statusMessage: null,
    end: null,
  });
  for (const said of [trace.body, body]) expect(Object.values(said)).not.toContain(null);
  for (const field of ["usageDetails", "costDetails", "statusMessage", "endTime"])
    expect(body).not.toHaveProperty(field);
});

test("a prompt is named with its version or not at all, because Langfuse refuses half of it", () => {
  const call = { ...observation({ kind: "model" }), promptName: "greeting" };
  expect(linesOf({ ...call, promptVersion: 2 })[1].body).toMatchObject({ promptVersion: 2 });
  expect(linesOf({ ...call, promptVersion: null })[1].body).not.toHaveProperty("promptName");
});

test("a point in time has no end", () => {
  const [, { type, body }] = linesOf({ ...observation({}), type: "event" });
  expect(type).toBe("event-create");
  expect(body).not.toHaveProperty("endTime");
});
