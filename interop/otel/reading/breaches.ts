import type { LooseRequest, LooseSpan } from "./received.ts";

/** What servers answer 200 to and OTLP forbids all the same. Each in words; none where all is well. */
export function breachesIn({ resourceSpans = [] }: LooseRequest): readonly string[] {
  const spans = resourceSpans.flatMap(({ scopeSpans = [] }) =>
    scopeSpans.flatMap(({ spans: inScope = [] }) => inScope),
  );
  return [
    ...(spans.length === 0 ? ["a request without spans"] : []),
    ...spans.flatMap((span) => breachesOf(span).map((what) => `${span.name}: ${what}`)),
  ];
}

function breachesOf(span: LooseSpan): readonly string[] {
  const { traceId, spanId, parentSpanId, attributes = [], events = [], links = [] } = span;
  const named = [attributes, ...[...events, ...links].map((part) => part.attributes ?? [])];
  const ids = [{ traceId, spanId }, ...links];
  return [
    ...ids.flatMap((id) => (isId(id.traceId, 32) ? [] : [`trace id ${id.traceId}`])),
    ...ids.flatMap((id) => (isId(id.spanId, 16) ? [] : [`span id ${id.spanId}`])),
    ...(parentSpanId && !isId(parentSpanId, 16) ? [`parent ${parentSpanId}`] : []),
    ...(span.name ? [] : ["no name"]),
    ...timesIn(span),
    ...named.flatMap((list) => repeated(list.map(({ key }) => key))),
  ];
}

export const isId = (id: string, digits: number): boolean =>
  id.length === digits && /^[0-9a-f]+$/.test(id) && !/^0+$/.test(id);

function timesIn({ startTimeUnixNano, endTimeUnixNano, events = [] }: LooseSpan): string[] {
  const times = [startTimeUnixNano, endTimeUnixNano, ...events.map((event) => event.timeUnixNano)];
  const [start = "0", end = "0"] = times;
  return [
    ...times
      .filter((time) => time !== undefined && !/^\d{1,20}$/.test(time))
      .map((t) => `time ${t}`),
    ...(BigInt(end) < BigInt(start) ? ["an end before the start"] : []),
  ];
}

export const repeated = (keys: readonly string[]): readonly string[] =>
  keys.filter((key, index) => keys.indexOf(key) !== index).map((key) => `${key} twice`);
