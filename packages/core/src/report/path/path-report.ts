import type { ContentReader } from "../../journal/content.ts";
import type { SessionView } from "../../run-tree/run-tree.ts";
import type { Span } from "../../run-tree/span.ts";
import { costReport, type CostOf, type ReportOptions, withoutPrices } from "../cost-report.ts";
import { turnsIn } from "../turn.ts";
import type { PathSpan } from "./path-span.ts";
import { type PathGraph, pathOf } from "./path.ts";
import { waysTold } from "./ways-told.ts";

/** The path that a session really took: `spoor show --mermaid --json`. Fields are added, their meanings never change. */
export interface PathReport {
  readonly session: string;
  /** The only turn that it is about, from 0; null: about all of them. */
  readonly turn: number | null;
  /** Each before the graphs in its nodes. */
  readonly graphs: readonly PathGraph[];
  /** False when something was used in the session that nobody could count. */
  readonly usageComplete: boolean;
  /** Spans that are in no graph, because nobody knows their turn. */
  readonly unplaced: number;
}

export interface PathOptions extends ReportOptions {
  /** From 0. Default: all turns. */
  readonly turn?: number | undefined;
}

/** Pure: what it says follows from the view and from what the content reader still has. Null: the session has no such turn. */
export function pathReport(
  { id: session, spans, usageComplete }: SessionView,
  content: ContentReader,
  { turn, cost = withoutPrices }: PathOptions = {},
): PathReport | null {
  const only = turn === undefined ? null : turnsIn(spans)[turn];
  if (only === undefined) return null;
  const meant = only?.spans ?? spans.filter(({ turnSpanId }) => turnSpanId !== null);
  return {
    session,
    turn: turn ?? null,
    graphs: pathOf(meant.map((span) => pathSpan(span, content, cost))),
    usageComplete,
    unplaced: only ? 0 : spans.length - meant.length,
  };
}

/** Its cost is its own; and of a turn what was used beyond the calls that were seen. */
function pathSpan(span: Span, content: ContentReader, cost: CostOf): PathSpan {
  return {
    id: span.spanId,
    parent: span.parentSpanId,
    turn: span.turnSpanId,
    kind: span.kind,
    name: span.name,
    status: span.status,
    start: span.startedAt,
    end: span.endedAt,
    causedBy: span.causedBy,
    attempt: span.attempt,
    cost: costReport([span], cost),
    usageFinal: span.kind !== "model" || span.usageFinal,
    ...waysTold(span, content),
  };
}
