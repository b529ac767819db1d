import type { SpanId } from "../vocabulary/event.ts";
import type { Span } from "../run-tree/span.ts";

/** The spans of one turn. */
export interface Turn {
  readonly id: SpanId;
  /** At least one: a turn is known by them. */
  readonly first: Span;
  readonly last: Span;
  readonly activations: readonly Span[];
  readonly spans: readonly Span[];
}

/** In order of time; what has no time at all was there before. */
export function turnsIn(spans: readonly Span[]): readonly Turn[] {
  const groups = Map.groupBy(spans, ({ turnSpanId }) => turnSpanId);
  return [...groups]
    .flatMap(([id, members]): readonly Turn[] => {
      const activations = members.filter(({ kind }) => kind === "turn");
      const first = activations[0];
      const last = activations.at(-1);
      return id !== null && first && last ? [{ id, first, last, activations, spans: members }] : [];
    })
    .toSorted((left, right) => (left.first.startedAt ?? 0) - (right.first.startedAt ?? 0));
}
