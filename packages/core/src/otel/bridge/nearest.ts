import type { SpanContext } from "../../vocabulary/carrier.ts";
import type { OtelContext } from "./open-telemetry.ts";

const begunBefore = Symbol("spoor: what had begun when this context became active");

/** Contexts within contexts within recorded work: deeper than this, the outermost is forgotten. */
const mostRemembered = 32;

/** A context that the application makes active, together with the recorded work that it does so in. */
export function madeActiveIn(context: OtelContext, current: readonly SpanContext[]): OtelContext {
  const known = begunBy(context);
  const unknown = current.map(({ spanId }) => spanId).filter((spanId) => !known.includes(spanId));
  if (unknown.length === 0) return context;
  return context.setValue(begunBefore, [...unknown, ...known].slice(0, mostRemembered));
}

/**
 * What is nearer to the code that runs: the span that the application has in this context, which is null here, or recorded work. Recorded work is
 * where it began inside the context, that is, where it was not yet known when the context became active.
 */
export function recordedWithin(
  context: OtelContext,
  current: readonly SpanContext[],
): SpanContext | null {
  const known = begunBy(context);
  return current.find(({ spanId }) => !known.includes(spanId)) ?? null;
}

function begunBy(context: OtelContext): readonly string[] {
  return (context.getValue(begunBefore) as readonly string[] | undefined) ?? [];
}
