import type { SpanId, TraceId } from "./ids.ts";

/** W3C trace context that came from outside: header, envelope, checkpoint metadata, active OTel span. */
export interface Carrier {
  readonly traceparent: string;
  readonly tracestate?: string;
}

/** Where a span stands: what carriers carry and what user code's own spans hang on. */
export interface SpanContext {
  readonly traceId: TraceId;
  readonly spanId: SpanId;
  /** `false` in a trace that came from outside, where whoever began it decided so. */
  readonly sampled?: boolean;
}

/** `sampled`: its sender may have recorded it. `random`: the last 7 bytes of the trace id were drawn by chance. */
export interface TraceFlags {
  readonly sampled: boolean;
  readonly random: boolean;
}

/** All that a `traceparent` says, in the words of version 00. */
export interface TraceContext extends SpanContext, TraceFlags {
  readonly sampled: boolean;
}

/** Why a text is no `traceparent`. */
export type TraceparentFault = "malformed" | "zero id";

const sampledBit = 1;
const randomBit = 2;
const fields = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/s;

/** Reads what W3C allows and nothing else; a version to come may say more after the flags, and the flags known today mean the same there. */
export function parseTraceparent(text: string): TraceContext | TraceparentFault {
  const found = fields.exec(text);
  if (!found) return "malformed";
  const [, version = "", traceId = "", spanId = "", flags = "", more] = found;
  if (version === "ff" || (version === "00" && more !== undefined)) return "malformed";
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return "zero id";
  const bits = Number.parseInt(flags, 16);
  return {
    traceId: traceId as TraceId,
    spanId: spanId as SpanId,
    sampled: (bits & sampledBit) !== 0,
    random: (bits & randomBit) !== 0,
  };
}

/** Null where the text is no valid `traceparent`: an unreadable parent is an unknown one. */
export function readTraceContext(carrier: Carrier): TraceContext | null {
  const context = parseTraceparent(carrier.traceparent);
  return typeof context === "string" ? null : context;
}

/** The same without its flags. */
export function readCarrier(carrier: Carrier): SpanContext | null {
  const context = readTraceContext(carrier);
  return context && { traceId: context.traceId, spanId: context.spanId };
}

/** Sampled, and without the random flag, because a derived trace id is not random; a context that came from outside says its own flags. */
export function writeCarrier(context: SpanContext & Partial<TraceFlags>): Carrier {
  const { traceId, spanId, sampled = true, random = false } = context;
  const flags = (sampled ? sampledBit : 0) + (random ? randomBit : 0);
  return { traceparent: `00-${traceId}-${spanId}-0${flags}` };
}
