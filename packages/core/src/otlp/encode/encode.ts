import type { ContentReader } from "../../journal/content.ts";
import type { Span } from "../../run-tree/span.ts";
import { attributesOf } from "./attributes.ts";
import { contentAttributesOf } from "./content-attributes.ts";
import { asText, inWords } from "../../journal/in-words.ts";
import { ownNames } from "./conventions.ts";
import { text, texts } from "../wire/key-value.ts";
import { namingOf } from "./operation.ts";
import { type OtlpLink, type OtlpSpan, otlpStatus, type TracesRequest } from "../wire/otlp.ts";
import { spanEventOf } from "./span-events.ts";
import { timesOf } from "./span-times.ts";

export interface EncodeOptions {
  readonly resource: Readonly<Record<string, string>>;
  /** Null: no content goes out. */
  readonly content: ContentReader | null;
}

/** Spans as one OTLP request. Pure. */
export function encode(batch: readonly Span[], options: EncodeOptions): TracesRequest {
  const { resource, content } = options;
  return {
    resourceSpans: [
      {
        resource: {
          attributes: Object.entries(resource).flatMap(([name, value]) => text(name, value)),
        },
        scopeSpans: [
          { scope: { name: "@spoor/core" }, spans: batch.map((span) => encodeSpan(span, content)) },
        ],
      },
    ],
  };
}

/** Pure. `content` is null where nothing of it may go out. */
export function encodeSpan(span: Span, content: ContentReader | null): OtlpSpan {
  const { name, kind } = namingOf(span);
  const { start, end, inferred, unknown } = timesOf(span);
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    ...(span.parentSpanId === null ? {} : { parentSpanId: span.parentSpanId }),
    name: name.toWellFormed(),
    kind,
    ...(start === null ? {} : { startTimeUnixNano: start }),
    ...(end === null ? {} : { endTimeUnixNano: end }),
    attributes: [
      ...attributesOf(span),
      ...texts(ownNames.inferred, inferred),
      ...texts(ownNames.unknown, unknown),
      ...(content ? contentAttributesOf(span, content) : []),
    ],
    events: span.marks.flatMap((mark) => spanEventOf(mark, content, start)),
    links: span.links.map(linkOf),
    status: statusOf(span, content),
  };
}

function linkOf({ kind, traceId, spanId }: Span["links"][number]): OtlpLink {
  return { traceId, spanId, attributes: text(ownNames.linkKind, kind) };
}

/** Only an error is one. That all went well is left for the reader to say, as the specification asks of instrumentation. */
function statusOf(span: Span, content: ContentReader | null): OtlpSpan["status"] {
  if (span.status !== "error") return { code: otlpStatus.unset };
  return {
    code: otlpStatus.error,
    ...(content && span.detail !== null
      ? { message: asText(inWords(content.read(span.detail))).toWellFormed() }
      : {}),
  };
}
