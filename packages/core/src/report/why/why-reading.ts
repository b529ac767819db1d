import type { ContentReader } from "../../journal/content.ts";
import type { SessionView } from "../../run-tree/run-tree.ts";
import type { Span } from "../../run-tree/span.ts";
import type { SpanId } from "../../vocabulary/event.ts";
import { type Lane, lanesOf } from "../context/lanes.ts";
import { turnsIn } from "../turn.ts";
import { spanPlace, type SpanPlace } from "./span-place.ts";

/** What causes are looked for with, worked out once. */
export interface WhyReading {
  readonly content: ContentReader;
  /** By any of the ids that it goes by. */
  readonly find: (spanId: SpanId | null) => Span | null;
  readonly placeOf: (span: Span) => SpanPlace;
  /** All model calls of the conversation that a span belongs to, in order. */
  readonly callsBeside: (span: Span) => readonly Span[];
  /** The tools that a model call asked for. */
  readonly askedBy: (call: Span) => readonly Span[];
  /** The activations of a turn, in order. */
  readonly activationsOf: (turn: Span) => readonly Span[];
}

export function whyReading({ spans }: SessionView, content: ContentReader): WhyReading {
  const byId = new Map<SpanId, Span>();
  for (const span of spans)
    for (const spanId of [span.spanId, ...(span.otherSpanIds ?? [])]) byId.set(spanId, span);
  const turns = turnsIn(spans);
  const turnOf = new Map(turns.map(({ id }, index) => [id, index]));
  const laneOf = lanesOf(spans);
  const inOrder = turns.flatMap((turn) => turn.spans);
  const calls = Map.groupBy(
    inOrder.filter(({ kind }) => kind === "model"),
    ({ spanId }): Lane | undefined => laneOf.get(spanId),
  );
  const tools = Map.groupBy(
    inOrder.filter(({ kind }) => kind === "tool"),
    ({ causedBy }) => causedBy,
  );
  return {
    content,
    find: (spanId) => (spanId === null ? null : (byId.get(spanId) ?? null)),
    placeOf: (span) =>
      spanPlace(span, span.turnSpanId === null ? null : (turnOf.get(span.turnSpanId) ?? null)),
    callsBeside: ({ spanId }) => calls.get(laneOf.get(spanId)) ?? [],
    askedBy: ({ spanId }) => tools.get(spanId) ?? [],
    activationsOf: ({ turnSpanId }) => turns.find(({ id }) => id === turnSpanId)?.activations ?? [],
  };
}
