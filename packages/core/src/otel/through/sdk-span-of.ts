import { scope } from "../../otlp/encode/scope.ts";
import { attributeValue } from "../../otlp/wire/attribute-value.ts";
import type { KeyValue } from "../../otlp/wire/key-value.ts";
import type { OtlpEvent, OtlpLink, OtlpSpan } from "../../otlp/wire/otlp.ts";
import type { SdkAttributes, SdkResource, SdkSpan, SdkSpanContext, SdkTime } from "./sdk-span.ts";

/** Exporters skip what is not sampled; what was left out on purpose has not come this far. */
const sampled = 1;
const nanosecondsInSecond = 1_000_000_000n;
const unknownTime: SdkTime = [0, 0];

/** A span on its way out as the SDK's exporters read spans. A time that nobody knows is the epoch, and the span says that it is unknown. */
export function sdkSpanOf(span: OtlpSpan, resource: SdkResource): SdkSpan {
  const { traceId, spanId, parentSpanId, startTimeUnixNano, endTimeUnixNano } = span;
  const startTime = timeOf(startTimeUnixNano);
  const context = contextOf(traceId, spanId);
  return {
    name: span.name,
    // The SDK counts kinds from zero, the protocol from one.
    kind: span.kind - 1,
    spanContext: () => context,
    ...(parentSpanId === undefined ? {} : { parentSpanContext: contextOf(traceId, parentSpanId) }),
    startTime,
    endTime: timeOf(endTimeUnixNano),
    duration: between(startTimeUnixNano, endTimeUnixNano),
    ended: true,
    status: { ...span.status },
    attributes: attributesOf(span.attributes),
    links: span.links.map(linkOf),
    events: span.events.map((event) => eventOf(event, startTime)),
    resource,
    instrumentationScope: scope,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

const contextOf = (traceId: string, spanId: string): SdkSpanContext => ({
  traceId,
  spanId,
  traceFlags: sampled,
});

const linkOf = ({ traceId, spanId, attributes }: OtlpLink): SdkSpan["links"][number] => ({
  context: contextOf(traceId, spanId),
  attributes: attributesOf(attributes),
});

const eventOf = (
  { name, timeUnixNano, attributes }: OtlpEvent,
  otherwise: SdkTime,
): SdkSpan["events"][number] => ({
  name,
  time: timeUnixNano === undefined ? otherwise : timeOf(timeUnixNano),
  attributes: attributesOf(attributes),
});

function attributesOf(attributes: readonly KeyValue[]): SdkAttributes {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, attributeValue(value)]));
}

function timeOf(nanoseconds: string | undefined): SdkTime {
  return nanoseconds === undefined ? unknownTime : split(BigInt(nanoseconds));
}

function between(start: string | undefined, end: string | undefined): SdkTime {
  return start === undefined || end === undefined
    ? unknownTime
    : split(BigInt(end) - BigInt(start));
}

const split = (nanoseconds: bigint): SdkTime => [
  Number(nanoseconds / nanosecondsInSecond),
  Number(nanoseconds % nanosecondsInSecond),
];
