import { type SpanContext, rawList } from "@spoor/core";
import { expect, test } from "vitest";
import { bullmqOptions } from "./media/bullmq.ts";
import { carry, readTrail, writeTrail } from "./trail.ts";

const context = {
  traceId: "12345678901234567890123456789012",
  spanId: "1234567890123456",
} as SpanContext;
const traceparent = `00-${context.traceId}-${context.spanId}-01`;
const standpoint = { received: null, context, turn: "message:1", cause: 'a "work", über=1' };

test("what a sender leaves is what the receiver reads, whatever its keys hold", () => {
  const headers = writeTrail(standpoint, { own: "1" }, { named: true });
  expect(headers).toMatchObject({ own: "1", traceparent });
  expect(readTrail(headers)).toEqual({
    carrier: { traceparent },
    turn: standpoint.turn,
    cause: standpoint.cause,
    problems: [],
  });
});

test("in the trace that came its tracestate and flags go on", () => {
  const received = { traceparent: `00-${context.traceId}-${"9".repeat(16)}-03`, tracestate: "a=1" };
  const headers = writeTrail({ ...standpoint, received }, {}, { named: true });
  expect(headers).toMatchObject({
    traceparent: traceparent.replace(/01$/, "03"),
    tracestate: "a=1",
  });
});

test("keys that another sender left mean nothing in another conversation, and its own baggage goes on", () => {
  const lying = writeTrail(standpoint, { baggage: "tenant=acme" }, { named: true });
  const headers = writeTrail(standpoint, lying, { named: false });
  expect(readTrail(headers)).toMatchObject({ turn: null, cause: null, carrier: { traceparent } });
  expect(headers["baggage"]).toContain("tenant=acme");
});

test("a key that is too long to be one of ours is none", () => {
  const headers = writeTrail({ ...standpoint, cause: "k".repeat(2_000) }, {}, { named: true });
  expect(readTrail(headers)).toMatchObject({ cause: null, turn: "message:1" });
});

test("what an envelope carries goes into what a transport carries, all of it", () => {
  const envelope = { headers: writeTrail(standpoint, {}, { named: true }) };
  const said = readTrail(envelope.headers);
  expect(readTrail(carry(envelope, { Accept: "*" }))).toEqual(said);
  expect(readTrail(carry(envelope, rawList(["payload", "{}"])))).toEqual(said);
  expect(readTrail(bullmqOptions(carry(envelope, bullmqOptions({}))))).toEqual(said);
});
