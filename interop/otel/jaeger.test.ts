import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Protocol } from "../../packages/core/src/otlp/wire/payload.ts";
import { breachesIn } from "./reading/breaches.ts";
import { bySpan } from "./reading/by-id.ts";
import { readStrictly } from "./reading/wire.ts";
import { type Jaeger, type JaegerSpan, startJaeger } from "./servers/jaeger.ts";
import { type Delivered, delivered } from "./sessions/deliver.ts";
import { type Recorded, recordedSessions } from "./sessions/recorded-sessions.ts";
import { endedIn, type Told } from "./sessions/told.ts";

let recorded: Recorded;
let told: readonly Told[];

beforeAll(async () => {
  recorded = await recordedSessions();
  told = await endedIn(recorded);
});
afterAll(() => recorded?.delete());

const protocols: readonly Protocol[] = ["http/protobuf", "http/json"];

describe.each(protocols)("a journal that goes to Jaeger by %s", (protocol) => {
  /** One for each: it keeps a span once, whichever way it came. */
  let jaeger: Jaeger;
  let sent: Delivered;

  beforeAll(async () => {
    jaeger = await startJaeger(recorded.folder);
    const { tracesUrl: url } = jaeger;
    const name = `jaeger-${protocol.slice(5)}`;
    sent = await delivered(recorded.dir, { name, url, protocol, service: "spoor" });
  });
  afterAll(async () => {
    await jaeger?.stop();
  });

  test("is taken in full, and a strict reader has no complaint about what was sent", () => {
    const { length: accepted } = told;
    expect(sent.report).toEqual({ accepted, delivered: accepted, dropped: 0, pending: 0 });
    expect(sent.wire.requests.map(readStrictly).flatMap(breachesIn)).toEqual([]);
  });

  test("can be asked for trace by trace, with all spans, their parents and their times", async () => {
    const traces = new Set(told.map(({ traceId }) => traceId));
    const spans = (await Promise.all([...traces].map((id) => jaeger.trace(id)))).flat();
    const timeless = told.filter(({ startedAt, endedAt }) => (startedAt ?? endedAt) === null);
    const unknown = new Set<string>(timeless.map(({ spanId }) => spanId));
    const found = spans.map((span) => asTold(span, unknown.has(span.spanID)));
    expect(found.toSorted(bySpan)).toEqual(told.map(inJaeger).toSorted(bySpan));
  });

  test("is found by the conversation it belongs to", async () => {
    const conversations = Map.groupBy(told, ({ session }) => session);
    for (const [{ id }, spans] of conversations) {
      const found = await jaeger.find("spoor", "gen_ai.conversation.id", id);
      const { size } = new Set(spans.map(({ traceId }) => traceId));
      expect([id, new Set(found).size]).toEqual([id, size]);
    }
  });
});

interface Compared {
  readonly spanId: string;
  readonly [what: string]: unknown;
}

function asTold(span: JaegerSpan, isTimeless: boolean): Compared {
  const { traceID, spanID, references, startTime, tags } = span;
  const tag = (name: string): unknown => tags.find(({ key }) => key === name)?.value ?? null;
  const nearby = references.filter((reference) => reference.traceID === traceID);
  const parent = nearby.find(({ refType }) => refType === "CHILD_OF");
  return {
    traceId: traceID,
    spanId: spanID,
    parentSpanId: parent?.spanID ?? null,
    startedAt: isTimeless ? null : new Date(startTime / 1_000).toISOString(),
    kind: tag("spoor.kind"),
    isError: tag("error") ?? false,
    errorType: tag("error.type"),
  };
}

function inJaeger(span: Told): Compared {
  const { traceId, spanId, parentSpanId, kind, status, error, startedAt, endedAt } = span;
  return {
    traceId,
    spanId,
    parentSpanId,
    startedAt: startedAt ?? endedAt,
    kind,
    isError: status === "error",
    errorType: error?.type ?? null,
  };
}
