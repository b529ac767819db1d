import type { Span } from "../run-tree/span.ts";
import { nowhere, type Whereabouts } from "../run-tree/whereabouts.ts";
import type { AgentEvent, SpanId } from "../vocabulary/event.ts";
import { type LocatedEvent, Locating } from "./locating.ts";

/** Where events stand among spans that are known already. */
export function locateAmong(
  events: readonly AgentEvent[],
  spans: readonly Span[],
): readonly LocatedEvent[] {
  const bySpanId = new Map<SpanId | null, Span>(
    spans.flatMap((span) =>
      [span.spanId, ...(span.otherSpanIds ?? [])].map((id) => [id, span] as const),
    ),
  );
  const environments = new Map(spans.map(({ session, labels }) => [session, labels.environment]));
  const inferred = new Set(
    spans.filter(({ sessionInferred }) => sessionInferred).map(({ session }) => session),
  );
  const locating = new Locating();
  return events.map((event) =>
    locating.locate(event, {
      ...nowhere,
      environment: environments.get(event.session) ?? null,
      ...among(bySpanId.get(event.spanId)),
      sessionInferred: inferred.has(event.session),
    }),
  );
}

function among(span: Span | undefined): Partial<Whereabouts> {
  if (!span) return {};
  const { traceId, spanId, turnSpanId, name, agent, labels } = span;
  return { span: { traceId, spanId }, turnSpanId, name, agent, environment: labels.environment };
}
