import type { SpanContext, SpanId, TraceId } from "@spoor/core";
import { expect, test } from "vitest";
import { ModelCalls } from "./model-calls.ts";

const span = (name: string): SpanContext => ({
  traceId: "t".repeat(32) as TraceId,
  spanId: name as SpanId,
});

test("the call that is under way in a span is told as long as it is the only one", () => {
  const calls = new ModelCalls();
  const node = span("node");
  expect(calls.onlyOneIn(node)).toBeNull();
  calls.began(span("first"), node);
  expect(calls.onlyOneIn(node)).toEqual(span("first"));
  calls.began(span("second"), node);
  expect(calls.onlyOneIn(node)).toBeNull();
  calls.ended(span("first"));
  expect(calls.onlyOneIn(node)).toEqual(span("second"));
  calls.ended(span("second"));
  expect(calls.onlyOneIn(node)).toBeNull();
});

test("calls of another span, and what is no call, say nothing about it", () => {
  const calls = new ModelCalls();
  calls.began(span("call"), span("node"));
  calls.began(span("another"), span("another node"));
  calls.ended(span("tool"));
  expect(calls.onlyOneIn(span("node"))).toEqual(span("call"));
});
