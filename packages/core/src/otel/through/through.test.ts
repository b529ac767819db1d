import { BatchSpanProcessor } from "@opentelemetry/sdk-trace";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitrarySpan } from "../../otlp/encode/arbitrary-span.ts";
import { encode, encodeSpan } from "../../otlp/encode/encode.ts";
import { exampleContent, exampleSpan, held } from "../../otlp/encode/example-span.ts";
import { attributesIn, spansIn } from "../../otlp/encode/read-back.ts";
import type { OtlpSpan } from "../../otlp/wire/otlp.ts";
import type { Span } from "../../run-tree/span.ts";
import { otel, type OtelOptions } from "../otel.ts";
import { sdkSpanOf } from "./sdk-span-of.ts";
import { keepingExporter, type SdkLine, sdkLines } from "./sdk-lines.fixture.ts";

const context = { signal: new AbortController().signal, content: null };
const environment = { OTEL_SERVICE_NAME: "shop" };
const plainly = { content: null };

describe.each(Object.entries(sdkLines))("through an SDK of line %s", (_, line: SdkLine) => {
  test("every span arrives, however many there are", async () => {
    const exporter = keepingExporter();
    const sender = otel({ through: line.batching(exporter), environment });
    const batch = Array.from({ length: 5_000 }, (__, index) => exampleSpan({ name: `s${index}` }));
    await sender.export(batch, context);
    expect(exporter.kept.map(({ name }) => name)).toEqual(batch.map(({ name }) => name));
  });

  test("what the SDK makes of any span says what our own transport says of it", async () => {
    await fc.assert(
      fc.asyncProperty(arbitrarySpan(), async (span) => {
        const exporter = keepingExporter();
        await otel({ through: line.simple(exporter), environment }).export([span], context);
        const [sent] = spansIn(line.requestOf(exporter.kept));
        const [ours] = spansIn(encode([span], { resource: {}, content: null }));
        expect(sent && comparable(sent)).toEqual(ours && comparable(ours));
      }),
    );
  });

  test("a span keeps its ids, its parent and its links", async () => {
    const exporter = keepingExporter();
    const span = exampleSpan({
      parentSpanId: "00f067aa0ba902b7" as Span["parentSpanId"],
      links: [
        {
          kind: "previous",
          traceId: "4bf92f3577b34da6a3ce929d0e0e4736" as Span["traceId"],
          spanId: "00f067aa0ba902b7" as Span["spanId"],
        },
      ],
    });
    await otel({ through: line.batching(exporter), environment }).export([span], context);
    expect(spansIn(line.requestOf(exporter.kept))[0]).toMatchObject({
      traceId: span.traceId,
      spanId: span.spanId,
      parentSpanId: span.parentSpanId,
      links: [{ traceId: span.links[0]?.traceId, spanId: span.links[0]?.spanId }],
    });
  });

  test("belongs to the service that the environment names, or to the resource that is given", async () => {
    const exporter = keepingExporter();
    const given = { attributes: { "service.name": "given" } };
    for (const options of [{}, { resource: given }])
      await otel({ through: line.batching(exporter), environment, ...options }).export(
        [exampleSpan()],
        context,
      );
    const { resourceSpans } = line.requestOf(exporter.kept);
    expect(resourceSpans.map(({ resource }) => attributesIn(resource.attributes))).toEqual([
      { "service.name": "shop" },
      { "service.name": "given" },
    ]);
  });

  test("a span finds room, however many of its own the application has just ended", async () => {
    const exporter = keepingExporter();
    const processor = line.batching(exporter);
    const sender = otel({ through: processor, environment });
    const spans = Array.from({ length: 5_000 }, () =>
      sdkSpanOf(encodeSpan(exampleSpan(), plainly), { attributes: {} }),
    );
    for (const span of spans) processor.onEnd(span as never);
    await sender.export([exampleSpan({ name: "ours" })], context);
    expect(exporter.kept.filter(({ name }) => name === "ours")).toHaveLength(1);
  });

  test("what comes after the SDK was shut down is not lost: it is not taken for delivered", async () => {
    const exporter = keepingExporter();
    const processor = line.batching(exporter);
    const sender = otel({ through: processor, environment });
    await sender.export([exampleSpan()], context);
    await processor.shutdown?.();
    await expect(sender.export([exampleSpan()], context)).rejects.toMatchObject({
      message: expect.stringContaining("close the observer before the SDK"),
      retry: "same",
      answered: true,
    });
    expect(exporter.kept).toHaveLength(1);
  });

  test("what could not be sent is said to, and arrives when it comes again", async () => {
    const exporter = keepingExporter(1);
    const sender = otel({ through: line.batching(exporter), environment });
    await expect(sender.export([exampleSpan()], context)).rejects.toMatchObject({
      name: "ExportFailure",
      retry: "same",
      cause: { message: "away" },
    });
    await sender.export([exampleSpan()], context);
    expect(exporter.kept).toHaveLength(1);
  });
});

test("what is no span processor is refused at once, and so is an address that nobody would heed", () => {
  const { batching } = sdkLines["3.x"] as SdkLine;
  for (const through of [undefined, null, keepingExporter()])
    expect(() => otel({ through, environment } as unknown as OtelOptions)).toThrow(
      "expected through to be a span processor of your SDK",
    );
  const options = { through: batching(keepingExporter()), environment, url: "https://c.example" };
  expect(() => otel(options)).toThrow("leave out url");
});

test("content goes only where it was asked for", async () => {
  const exporter = keepingExporter();
  const { batching, requestOf } = sdkLines["3.x"] as SdkLine;
  const sender = otel({ through: batching(exporter), environment, content: "full" });
  const span = exampleSpan({ kind: "tool", input: held("planted") });
  for (const content of [null, exampleContent])
    await sender.export([span], { ...context, content });
  const said = spansIn(requestOf(exporter.kept)).map(({ attributes }) => attributesIn(attributes));
  expect(said.map((attributes) => "gen_ai.tool.call.arguments" in attributes)).toEqual([
    false,
    true,
  ]);
});

test("a processor of the SDK is one for us, by its type too", () => {
  const processor = new BatchSpanProcessor({ exporter: keepingExporter() as never });
  expect(otel({ through: processor, environment })).toMatchObject({
    name: "otel",
    destination: "the application's own OpenTelemetry",
  });
});

/** Numbers that JavaScript cannot tell apart once they are plain values are one: the SDK sends what is whole as such. */
function comparable(span: OtlpSpan): unknown {
  const { traceId, spanId, parentSpanId, name, kind, status } = span;
  const { startTimeUnixNano = "0", endTimeUnixNano = "0" } = span;
  return {
    traceId,
    spanId,
    parentSpanId: parentSpanId || undefined,
    name,
    kind,
    startTimeUnixNano,
    endTimeUnixNano,
    code: status.code,
    attributes: plain(span.attributes),
    events: span.events.map((event) => [
      event.name,
      event.timeUnixNano ?? startTimeUnixNano,
      plain(event.attributes),
    ]),
    links: span.links.map((link) => [link.traceId, link.spanId, plain(link.attributes)]),
  };
}

function plain(attributes: OtlpSpan["attributes"]): unknown {
  return attributes.map(({ key, value }) => {
    if ("intValue" in value) return [key, Number(value.intValue)];
    if ("doubleValue" in value) return [key, value.doubleValue];
    return [key, value];
  });
}
