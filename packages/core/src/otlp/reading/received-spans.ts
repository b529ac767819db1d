import { isRecord } from "../../vocabulary/json.ts";
import { attributesIn } from "./any-value.ts";
import { spanIdIn, traceIdIn } from "./ids.ts";
import type {
  ReceivedKind,
  ReceivedLink,
  ReceivedSpan,
  ReceivedSpanEvent,
  ReceivedStatus,
} from "./received-span.ts";

type Loose = Readonly<Record<string, unknown>>;

/**
 * The spans of an export request in OTLP's JSON form: the body that an SDK sends, and the line that a collector's file exporter writes. In the order
 * in which they stand there, which is that of ending. Null: it is no such request. A span without valid ids is left out, and so is a link: neither
 * leads anywhere.
 */
export function receivedSpans(request: unknown): readonly ReceivedSpan[] | null {
  if (!isRecord(request) || !Array.isArray(request["resourceSpans"])) return null;
  return listed(request["resourceSpans"]).flatMap((of) => {
    const resource = attributesIn(within(of, "resource")["attributes"]);
    return listed(of["scopeSpans"]).flatMap((scoped) => {
      const scope = scopeIn(within(scoped, "scope"));
      return listed(scoped["spans"]).flatMap((span) => spanIn(span, scope, resource) ?? []);
    });
  });
}

function spanIn(
  span: Loose,
  scope: ReceivedSpan["scope"],
  resource: ReceivedSpan["resource"],
): ReceivedSpan | null {
  const traceId = traceIdIn(span["traceId"]);
  const spanId = spanIdIn(span["spanId"]);
  if (traceId === null || spanId === null) return null;
  return {
    traceId,
    spanId,
    parentSpanId: spanIdIn(span["parentSpanId"]),
    parentIsRemote: remoteIn(span["flags"]),
    name: textIn(span["name"]) ?? "",
    kind: namedAs(kinds, span["kind"], "SPAN_KIND_") ?? "unspecified",
    startedAt: millisecondsIn(span["startTimeUnixNano"]),
    endedAt: millisecondsIn(span["endTimeUnixNano"]),
    attributes: attributesIn(span["attributes"]),
    events: listed(span["events"]).map(eventIn),
    links: listed(span["links"]).flatMap(linkIn),
    status: statusIn(within(span, "status")),
    scope,
    resource,
  };
}

const [knowsRemote, isRemote] = [0x100, 0x200];

const remoteIn = (flags: unknown): boolean | null =>
  typeof flags === "number" && (flags & knowsRemote) !== 0 ? (flags & isRemote) !== 0 : null;

const scopeIn = ({ name, version }: Loose): ReceivedSpan["scope"] => ({
  name: textIn(name) ?? "",
  version: textIn(version) ?? null,
});

const eventIn = ({ name, timeUnixNano, attributes }: Loose): ReceivedSpanEvent => ({
  name: textIn(name) ?? "",
  at: millisecondsIn(timeUnixNano),
  attributes: attributesIn(attributes),
});

function linkIn({ traceId, spanId, attributes }: Loose): readonly ReceivedLink[] {
  const [trace, span] = [traceIdIn(traceId), spanIdIn(spanId)];
  return trace === null || span === null
    ? []
    : [{ traceId: trace, spanId: span, attributes: attributesIn(attributes) }];
}

const kinds: readonly ReceivedKind[] = [
  "unspecified",
  "internal",
  "server",
  "client",
  "producer",
  "consumer",
];
const statuses: readonly ReceivedStatus[] = ["unset", "ok", "error"];

const statusIn = ({ code, message }: Loose): ReceivedSpan["status"] => ({
  code: namedAs(statuses, code, "STATUS_CODE_") ?? "unset",
  message: textIn(message) ?? null,
});

/** OTLP's JSON writes enumerations as numbers, protocol buffers' own JSON by name. */
function namedAs<Name extends string>(
  names: readonly Name[],
  value: unknown,
  prefix: string,
): Name | undefined {
  if (typeof value === "number") return names[value];
  return names.find((name) => value === `${prefix}${name.toUpperCase()}`);
}

/** Nanoseconds do not fit a number: what is below a microsecond is left out. Zero is what a span says that has no time. */
function millisecondsIn(value: unknown): number | null {
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string" || !/^\d{1,20}$/.test(text)) return null;
  const microseconds = Number(text.slice(0, -3));
  return microseconds === 0 ? null : microseconds / 1000;
}

const textIn = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

const within = (value: Loose, name: string): Loose => {
  const inner = value[name];
  return isRecord(inner) ? inner : {};
};

const listed = (value: unknown): readonly Loose[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];
