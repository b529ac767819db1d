import { rawList, type SpanContext, type SpanId } from "@spoor/core";
import { expect, test } from "vitest";
import { bullmqOptions } from "./media/bullmq.ts";
import { carry, leadingTo, readTrail, writeTrail } from "./trail.ts";

const context = {
  traceId: "12345678901234567890123456789012",
  spanId: "1234567890123456",
} as SpanContext;
const traceparent = `00-${context.traceId}-${context.spanId}-01`;
const standpoint = { received: null, context, turn: 'a "turn", über=1' };
const left = { sender: { traceparent }, turn: standpoint.turn, problems: [] };

test("what a sender leaves is what the receiver reads, whatever its turn is called", () => {
  const headers = writeTrail(standpoint, { own: "1" }, { named: true });
  expect(headers).toMatchObject({ own: "1", traceparent });
  expect(readTrail(headers)).toEqual(left);
});

test("the sender is known also where a transport has put a span of its own in between", () => {
  const headers = writeTrail(standpoint, {}, { named: true });
  const between = leadingTo("9".repeat(16) as SpanId, { traceparent });
  expect(readTrail({ ...headers, ...between })).toEqual(left);
});

test.each(["", "0".repeat(16), "12345678901234567", "123456789012345G"])(
  "a sender called %j is none, and the trace context stands",
  (sender) => {
    const baggage = `spoor.turn=turn,spoor.sender=${sender}`;
    expect(readTrail({ traceparent, baggage })).toEqual({ ...left, turn: "turn" });
  },
);

test("in the trace that came its tracestate and flags go on", () => {
  const received = { traceparent: `00-${context.traceId}-${"9".repeat(16)}-03`, tracestate: "a=1" };
  const headers = writeTrail({ ...standpoint, received }, {}, { named: true });
  expect(headers).toMatchObject({
    traceparent: traceparent.replace(/01$/, "03"),
    tracestate: "a=1",
  });
});

test("what another sender left means nothing in another conversation, and its own baggage goes on", () => {
  const lying = writeTrail(standpoint, { baggage: "tenant=acme" }, { named: true });
  const own = { ...standpoint, context: { ...context, spanId: "7".repeat(16) as SpanId } };
  const headers = writeTrail(own, lying, { named: false });
  expect(readTrail(headers)).toEqual({
    sender: leadingTo(own.context.spanId, { traceparent }),
    turn: null,
    problems: [],
  });
  expect(headers["baggage"]).toContain("tenant=acme");
});

test("a turn whose name is too long to be one of ours is none", () => {
  const headers = writeTrail({ ...standpoint, turn: "k".repeat(2_000) }, {}, { named: true });
  expect(readTrail(headers)).toMatchObject({ turn: null, sender: { traceparent } });
});

test("what an envelope carries goes into what a transport carries, all of it", () => {
  const envelope = { headers: writeTrail(standpoint, {}, { named: true }) };
  const said = readTrail(envelope.headers);
  expect(readTrail(carry(envelope, { Accept: "*" }))).toEqual(said);
  expect(readTrail(carry(envelope, rawList(["payload", "{}"])))).toEqual(said);
  expect(readTrail(bullmqOptions(carry(envelope, bullmqOptions({}))))).toEqual(said);
});
