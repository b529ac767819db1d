import type { SpanId } from "../../vocabulary/event.ts";
import type { MarkReport, SpanReport } from "../report.ts";

/** A span with what hangs on it and what happened on it, in order of time. */
export interface Branch {
  readonly span: SpanReport;
  readonly items: readonly Item[];
}
export type Item =
  | { readonly branch: Branch; readonly mark?: never }
  | { readonly mark: MarkReport; readonly branch?: never };

/** The topmost of these spans as branches. Activations stand side by side, whichever one resumed which. */
export function branchesOf(
  spans: readonly SpanReport[],
  marks: readonly MarkReport[],
): readonly Branch[] {
  const here = new Set(spans.map(({ spanId }) => spanId));
  const under = Map.groupBy(spans, (span) => placeOf(span, here));
  const marksOn = Map.groupBy(marks, ({ spanId }) => spanId);
  const grow = (span: SpanReport): Branch => ({
    span,
    items: merge(marksOn.get(span.spanId) ?? [], (under.get(span.spanId) ?? []).map(grow)),
  });
  return (under.get(null) ?? []).map(grow);
}

function placeOf({ kind, parentSpanId }: SpanReport, here: ReadonlySet<SpanId>): SpanId | null {
  return kind !== "turn" && parentSpanId !== null && here.has(parentSpanId) ? parentSpanId : null;
}

/** A mark stands before the first branch that began after it, and before all where one of the times is unknown. */
function merge(marks: readonly MarkReport[], branches: readonly Branch[]): readonly Item[] {
  const items: Item[] = [];
  let next = 0;
  for (const branch of branches) {
    for (let mark = marks[next]; mark && isBefore(mark, branch); mark = marks[next]) {
      items.push({ mark });
      next += 1;
    }
    items.push({ branch });
  }
  return [...items, ...marks.slice(next).map((mark) => ({ mark }))];
}

function isBefore({ at }: MarkReport, { span: { startedAt } }: Branch): boolean {
  return at === null || startedAt === null || at <= startedAt;
}
