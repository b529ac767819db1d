import type { ContentReader } from "../../journal/content.ts";
import { inWords } from "../../journal/in-words.ts";
import { textOf } from "./json-text.ts";
import type { Span } from "../../run-tree/span.ts";
import { type KeyValue, text, texts } from "../wire/key-value.ts";
import { type OtlpEvent, type OtlpSpan, otlpStatus, type TracesRequest } from "../wire/otlp.ts";
import { attributesOf } from "./attributes.ts";
import { contentAttributesOf } from "./content-attributes.ts";
import { ownNames } from "./conventions.ts";
import { inDialect } from "./dialect.ts";
import type { Encoding } from "./encoding.ts";
import { exceptionOf } from "./exception.ts";
import { fitting, fittingText } from "./fitting.ts";
import { namingOf } from "./operation.ts";
import { overlaid } from "./overlays/overlaid.ts";
import { saidOn } from "./said.ts";
import { scope } from "./scope.ts";
import { spanEventOf } from "./span-events.ts";
import { spanLinksOf } from "./span-links.ts";
import { timesOf } from "./span-times.ts";

export interface EncodeOptions extends Encoding {
  readonly resource: Readonly<Record<string, string>>;
}

/** Spans as one OTLP request. Pure. */
export function encode(batch: readonly Span[], options: EncodeOptions): TracesRequest {
  const { resource } = options;
  return {
    resourceSpans: [
      {
        resource: {
          attributes: Object.entries(resource).flatMap(([name, value]) => text(name, value)),
        },
        scopeSpans: [{ scope, spans: batch.map((span) => encodeSpan(span, options)) }],
      },
    ],
  };
}

/** Pure: what is made of a span depends on it, on its content and on the options, and on no other span. */
export function encodeSpan(span: Span, encoding: Encoding): OtlpSpan {
  const { content, dialect, overlays = [], maxAttributeBytes: most } = encoding;
  const { name, kind } = namingOf(span);
  const { start, end, inferred, unknown } = timesOf(span);
  const said = saidOn(span, encoding);
  const fitted = (attributes: readonly KeyValue[]): readonly KeyValue[] =>
    most === undefined ? attributes : fitting(attributes, most);
  const own = [
    ...attributesOf(span),
    ...texts(ownNames.inferred, inferred),
    ...texts(ownNames.unknown, unknown),
    ...contentAttributesOf(span, said),
  ];
  const events: readonly OtlpEvent[] = [
    ...span.marks.flatMap((mark) => spanEventOf(mark, content, start)),
    ...exceptionOf(span, content, end),
  ];
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    ...(span.parentSpanId === null ? {} : { parentSpanId: span.parentSpanId }),
    name: name.toWellFormed(),
    kind,
    ...(start === null ? {} : { startTimeUnixNano: start }),
    ...(end === null ? {} : { endTimeUnixNano: end }),
    attributes: fitted(overlaid(inDialect(own, dialect), { span, said }, overlays)),
    events: events.map((event) => ({ ...event, attributes: fitted(event.attributes) })),
    links: spanLinksOf(span),
    status: statusOf(span, content, most),
  };
}

/** Only an error is one. That all went well is left for the reader to say, as the specification asks of instrumentation. */
function statusOf(
  { status, detail, errorPassedOn }: Span,
  content: ContentReader | null,
  most: number = Number.POSITIVE_INFINITY,
): OtlpSpan["status"] {
  if (status !== "error") return { code: otlpStatus.unset };
  if (content === null || detail === null || errorPassedOn) return { code: otlpStatus.error };
  const message = textOf(inWords(content.read(detail))).toWellFormed();
  return { code: otlpStatus.error, message: fittingText(message, most) };
}
