import type { SessionReport, SpanReport } from "@spoor/core";

/** What of a session has room on its page. */
export interface ShownSpans {
  /** Turns at the beginning that are left out. */
  readonly skipped: number;
  /** In their order, each with its turn; what lies in no turn comes last. */
  readonly spans: readonly { readonly report: SpanReport; readonly turn: number | null }[];
  /** How many spans at the beginning of the last turn, and of those in no turn, are left out. */
  readonly ofLastTurn: number;
  readonly ofNoTurn: number;
}

/** The last turns, as many as fit as a whole; of a last one that alone is too long, its last spans with all that they hang on. */
export function shownSpans({ turns, unplaced }: SessionReport, most: number): ShownSpans {
  const outside = lastOf(unplaced, turns.length === 0 ? most : Math.ceil(most / 2));
  const last = turns.at(-1);
  const ending = lastOf(last?.spans ?? [], most - outside.length);
  let room = most - outside.length - ending.length;
  const earlier = turns.slice(0, -1);
  const skipped = earlier.findLastIndex(({ spans }) => (room -= spans.length) < 0) + 1;
  const placed = [
    ...earlier.slice(skipped),
    ...(last ? [{ index: last.index, spans: ending }] : []),
  ];
  return {
    skipped,
    spans: [
      ...placed.flatMap(({ index, spans }) => spans.map((report) => ({ report, turn: index }))),
      ...outside.map((report) => ({ report, turn: null })),
    ],
    ofLastTurn: (last?.spans.length ?? 0) - ending.length,
    ofNoTurn: unplaced.length - outside.length,
  };
}

/** So many at the end, and whatever is above one of them. */
function lastOf(spans: readonly SpanReport[], most: number): readonly SpanReport[] {
  if (spans.length <= most) return spans;
  const beginning = spans.length - Math.max(1, most);
  const parents = new Map(spans.map(({ spanId, parentSpanId }) => [spanId, parentSpanId]));
  const shown = new Set(spans.slice(beginning).map(({ spanId }) => spanId));
  for (const { parentSpanId } of spans.slice(beginning))
    for (let above = parentSpanId; above !== null && !shown.has(above);) {
      shown.add(above);
      above = parents.get(above) ?? null;
    }
  return spans.filter(({ spanId }) => shown.has(spanId));
}
