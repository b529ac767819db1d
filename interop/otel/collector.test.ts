import { createObserver } from "@spoor/core";
import { otel } from "@spoor/core/otel";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Protocol } from "../../packages/core/src/otlp/wire/payload.ts";
import { breachesIn } from "./reading/breaches.ts";
import { type Received, spansOf } from "./reading/received.ts";
import { readStrictly } from "./reading/wire.ts";
import { type Collector, startCollector } from "./servers/collector.ts";
import { allInput } from "./sessions/all-input.ts";
import { type Delivered, delivered } from "./sessions/deliver.ts";
import { type Recorded, recordedSessions } from "./sessions/recorded-sessions.ts";
import { endedIn, type Told } from "./sessions/told.ts";

let recorded: Recorded;
let collector: Collector;
let told: readonly Told[];

beforeAll(async () => {
  recorded = await recordedSessions();
  told = await endedIn(recorded);
  collector = await startCollector(recorded.folder);
});
afterAll(async () => {
  await collector?.stop();
  recorded?.delete();
});

test("the journal holds something of every kind that the examples and recordings have", () => {
  const kinds = new Set(told.map(({ kind }) => kind));
  expect(kinds).toEqual(
    new Set(["turn", "agent", "workflow", "step", "model", "tool", "compaction"]),
  );
  expect(told.some(({ status }) => status === "error")).toBe(true);
  expect(told.some(({ status }) => status === "suspended")).toBe(true);
});

test("the journal's trees hang together: only turns hang on nothing", () => {
  const known = new Set(told.map(({ spanId }) => spanId));
  const roots = told.filter(({ parentSpanId }) => !parentSpanId || !known.has(parentSpanId));
  expect(new Set(roots.map(({ kind }) => kind))).toEqual(new Set(["turn"]));
});

const protocols: readonly Protocol[] = ["http/protobuf", "http/json"];

describe.each(protocols)("a journal that goes to a Collector by %s", (protocol) => {
  let sent: Delivered;
  let received: readonly Received[];

  beforeAll(async () => {
    const { tracesUrl: url } = collector;
    const service = protocol;
    const name = protocol.slice(5);
    sent = await delivered(recorded.dir, { name, url, protocol, service, content: "full" });
    const taken = await collector.spans(sent.report.accepted);
    received = taken.filter((span) => span.service === protocol);
  });

  test("arrives with every span, each once", () => {
    expect(sent.report).toEqual({
      accepted: told.length,
      delivered: told.length,
      dropped: 0,
      pending: 0,
    });
    expect(received.map(({ spanId }) => spanId).toSorted()).toEqual(
      told.map(({ spanId }) => spanId).toSorted(),
    );
  });

  test("says of each span what the command says", () => {
    const bySpan = new Map(received.map((span) => [span.spanId, span]));
    expect(told.map((span) => inReport(bySpan.get(span.spanId), span))).toEqual(
      told.map(asReceived),
    );
  });

  test("links a turn to the one before, to what it resumes and to what caused it", () => {
    const turns = new Set(told.map(({ turn }) => turn));
    for (const { turnId, links } of turns) {
      const ofTurn = received.filter(({ attributes }) => attributes["spoor.turn.id"] === turnId);
      const arrived = ofTurn.flatMap((span) =>
        span.links.map(({ traceId, spanId, attributes }) => {
          const kind = attributes["spoor.link.kind"];
          return { kind, traceId, spanId };
        }),
      );
      expect([turnId, new Set(arrived)]).toEqual([turnId, new Set(links)]);
    }
    const kinds = new Set([...turns].flatMap(({ links }) => links.map(({ kind }) => kind)));
    expect(kinds).toEqual(new Set(["previous", "resume", "cause"]));
  });

  test("is compressed, and a strict reader finds in each request what the Collector has written down", () => {
    expect(sent.wire.requests.every(({ isCompressed }) => isCompressed)).toBe(true);
    const requests = sent.wire.requests.map(readStrictly);
    expect(requests.flatMap(breachesIn)).toEqual([]);
    expect(requests.flatMap(spansOf)).toEqual(received);
  });
});

test("is the same by both ways but for the name of the service", async () => {
  const all = await collector.spans(told.length * 2);
  const [protobuf, json] = protocols.map((protocol) =>
    all.filter(({ service }) => service === protocol).map((span) => ({ ...span, service: "" })),
  );
  expect(protobuf).toEqual(json);
});

test("is found by OpenTelemetry's own variables alone, with what they say of the service", async () => {
  const exporter = otel({
    environment: {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_EXPORTER_OTLP_COMPRESSION: "none",
      OTEL_RESOURCE_ATTRIBUTES: "service.name=overruled,deployment.environment.name=test",
      OTEL_SERVICE_NAME: "from the environment",
    },
  });
  const observer = createObserver({ journal: "memory", exporters: [exporter] });
  observer.session({ id: "configured" }).turn(() => {});
  await observer.close();
  const received = await collector.spans(told.length * 2 + 1);
  const named = received.filter((span) => span.service === "from the environment");
  expect(named.map(({ attributes }) => attributes["gen_ai.conversation.id"])).toEqual([
    "configured",
  ]);
});

/** What the Collector has of a span, in the words of the command. */
function inReport(span: Received | undefined, { startedAt, endedAt }: Told): unknown {
  if (!span) return null;
  const { attributes } = span;
  const count = (name: string): unknown => attributes[`gen_ai.usage.${name}`] ?? null;
  // Where nobody knows a time, something has to stand there all the same, and is marked.
  const marked = [attributes["spoor.unknown"] ?? [], attributes["spoor.inferred"] ?? []].flat();
  const timeOf = (name: string, nanoseconds: string, toldAt: string | null): string | null =>
    toldAt === null && marked.includes(name) ? null : isoOf(nanoseconds);
  return {
    traceId: span.traceId,
    parentSpanId: span.parentSpanId,
    kind: attributes["spoor.kind"],
    startedAt: timeOf("startedAt", span.start, startedAt),
    endedAt: timeOf("endedAt", span.end, endedAt),
    status: attributes["spoor.status"],
    error: attributes["error.type"] ?? null,
    agent: attributes["gen_ai.agent.name"] ?? null,
    conversation: attributes["gen_ai.conversation.id"],
    model: attributes["gen_ai.response.model"] ?? null,
    toolCallId: attributes["gen_ai.tool.call.id"] ?? null,
    causedBy: attributes["spoor.caused_by"] ?? null,
    tokens: [count("input_tokens"), count("cache_read.input_tokens"), count("output_tokens")],
  };
}

function asReceived(span: Told): unknown {
  const { traceId, parentSpanId, kind, startedAt, endedAt, status, agent, model, usage } = span;
  const { cacheRead = null, output = null } = usage ?? {};
  return {
    traceId,
    parentSpanId,
    kind,
    startedAt,
    endedAt,
    status,
    error: span.error?.type ?? null,
    agent,
    conversation: span.session.inferred ? undefined : span.session.id,
    model: kind === "model" ? model : null,
    toolCallId: span.toolCallId,
    causedBy: span.causedBy,
    tokens: [allInput(usage), cacheRead, output],
  };
}

const isoOf = (nanoseconds: string): string =>
  new Date(Number(BigInt(nanoseconds) / 1_000_000n)).toISOString();
