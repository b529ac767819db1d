import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitrarySpan } from "../../otlp/encode/arbitrary-span.ts";
import { exampleSpan } from "../../otlp/encode/example-span.ts";
import { arbitraryEvent } from "../../schema/arbitrary-event.ts";
import type { EventId, SpanId, TraceId } from "../../vocabulary/event.ts";
import type { JsonObject, JsonValue } from "../../vocabulary/json.ts";
import { factsOfMark, isToldMark, markFactsIn } from "./mark-facts.ts";
import { factsOfRest, isRest } from "./rest-facts.ts";
import { factsOf, spanFactsIn } from "./span-facts.ts";

/** What servers make of metadata: they store text, and give it back as it is or read as JSON. */
const stored = (metadata: JsonObject): JsonObject =>
  mapped(metadata, (value) => (typeof value === "string" ? value : JSON.stringify(value)));
const parsed = (metadata: JsonObject): JsonObject =>
  mapped(stored(metadata), (value) => {
    try {
      return JSON.parse(value as string) as JsonValue;
    } catch {
      return value;
    }
  });

function mapped(metadata: JsonObject, change: (value: JsonValue) => JsonValue): JsonObject {
  return Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name, change(value)]));
}

const finite = (metadata: JsonObject): JsonObject => JSON.parse(JSON.stringify(metadata));

describe("what a server gives back", () => {
  test("of a span tells the same facts, as they were sent, as text and parsed", () => {
    fc.assert(
      fc.property(arbitrarySpan(), (span) => {
        const sent = finite(factsOf(span));
        const facts = spanFactsIn(sent);
        expect(facts).toMatchObject({ kind: span.kind, key: span.key, status: span.status });
        expect(spanFactsIn(stored(sent))).toEqual(facts);
        expect(spanFactsIn(parsed(sent))).toEqual(facts);
      }),
    );
  });

  test("of a mark tells the same facts, as they were sent, as text and parsed", () => {
    fc.assert(
      fc.property(arbitraryEvent(), fc.nat(), (event, order) => {
        if (!isToldMark(event)) return;
        const sent = finite(factsOfMark(event, order));
        const facts = markFactsIn(sent);
        expect(facts).toMatchObject({ type: event.type, mark: event.mark, order });
        expect(event).toMatchObject(facts?.fields ?? {});
        expect(markFactsIn(stored(sent))).toEqual(facts);
        expect(markFactsIn(parsed(sent))).toEqual(facts);
      }),
    );
  });

  test.each(["007", "1.0", "null", "true", '"quoted"', "'", "'1", "[1]", "plain"])(
    "the words %j stay words",
    (key) => {
      expect(spanFactsIn(parsed(factsOf(exampleSpan({ key }))))?.key).toBe(key);
    },
  );
});

test("a span says what Langfuse has no field for, flat and short", () => {
  const traceId = "0af7651916cd43dd8448eb211c80319c" as TraceId;
  const spanId = "b7ad6b7169203331" as SpanId;
  const usage = { input: 12, cacheRead: null, cacheWrite: 0, output: 3, reasoning: null };
  const metadata = factsOf(
    exampleSpan({
      kind: "model",
      turnSpanId: spanId,
      startedAt: 1_764_000_000_000.25,
      endedAt: null,
      inferred: ["startedAt"],
      usage,
      usageFinal: true,
      links: [{ kind: "cause", traceId, spanId }],
      context: { from: "e" as EventId, keep: 3, cut: 1, count: 4, add: [] },
    }),
    true,
  );
  expect(metadata).toEqual({
    "spoor.kind": "model",
    "spoor.key": "key-1",
    "spoor.status": "ok",
    "spoor.startedAt": 1_764_000_000_000.25,
    "spoor.inferred.0": "startedAt",
    "spoor.unknown.0": "endedAt",
    "spoor.usage": '{"input":12,"cacheWrite":0,"output":3}',
    "spoor.usageFinal": true,
    "spoor.links.0": `cause ${traceId} ${spanId}`,
    "spoor.context": '{"count":4,"keep":3,"cut":1,"added":0}',
  });
  expect(spanFactsIn(metadata)?.usage).toEqual(usage);
});

test("a context that goes out whole says only how many messages it has", () => {
  const context = { from: "e" as EventId, keep: 3, cut: 1, count: 4, add: [] };
  expect(factsOf(exampleSpan({ context }))).toMatchObject({ "spoor.context": '{"count":4}' });
});

test.each(["ü", "", "x".repeat(201)])(
  "a session that Langfuse would drop, %j, is a fact",
  (session) => {
    expect(factsOf(exampleSpan({ session }))).toMatchObject({
      "spoor.session": expect.any(String),
    });
    expect(spanFactsIn(factsOf(exampleSpan({ session })))?.session).toBe(session);
  },
);

test("a session of its own that Langfuse takes is no fact", () => {
  expect(factsOf(exampleSpan())).not.toHaveProperty(["spoor.session"]);
  expect(factsOf(exampleSpan({ sessionInferred: true }))).toMatchObject({
    "spoor.session": "session-1",
    "spoor.sessionInferred": true,
  });
});

test("labels are told once a turn", () => {
  const labels = { ...exampleSpan().labels, feature: "search", tags: ["a", "b"] };
  const turnSpanId = "b7ad6b7169203331" as SpanId;
  expect(factsOf(exampleSpan({ kind: "turn", turnSpanId, labels }))).toMatchObject({
    "spoor.feature": "search",
    "spoor.tags.1": "b",
  });
  expect(factsOf(exampleSpan({ kind: "tool", turnSpanId, labels }))).not.toHaveProperty([
    "spoor.feature",
  ]);
});

test("a list of which an item was cut tells the others", () => {
  const metadata = {
    "spoor.kind": "turn",
    "spoor.key": "t",
    "spoor.totals.0": '{"input":',
    "spoor.totals.1": '{"final":true}',
  };
  expect(spanFactsIn(metadata)?.totals).toHaveLength(1);
});

test.each([{}, { "spoor.kind": "tool" }, { kind: "tool", key: "k" }])(
  "metadata %j tells of no span and no mark of ours",
  (metadata) => {
    expect(spanFactsIn(metadata)).toBeNull();
    expect(markFactsIn(metadata)).toBeNull();
  },
);

test("what is only worked out says so", () => {
  expect(isRest(factsOfRest)).toBe(true);
  expect(isRest(factsOf(exampleSpan()))).toBe(false);
});
