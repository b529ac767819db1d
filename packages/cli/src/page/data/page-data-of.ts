import type { ContentReader, SessionReport, SessionView } from "@spoor/core";
import { waysTold } from "@spoor/core/report";
import type { PageData, Place } from "../page-data.ts";
import { pageContexts } from "./page-contexts.ts";
import { pageMark } from "./page-marks.ts";
import { pageSpan } from "./page-span.ts";
import { pageTurn } from "./page-turn.ts";
import { shownSpans } from "./shown-spans.ts";
import { type TextLimits, textPool } from "./text-pool.ts";

/** How much a page holds, so that a browser opens it at once. */
export interface PageLimits extends TextLimits {
  readonly spans: number;
  /** For requests that nobody recorded: how many are put together, times the spans of the session. */
  readonly work: number;
}

export const defaultLimits: PageLimits = {
  spans: 30_000,
  all: 16_000_000,
  one: 100_000,
  work: 4_000_000,
};

/**
 * What the page of a session shows. Pure: it follows from the report, and from what the content reader still has of what the report only
 * refers to. Linear in what was said anew, however often it was sent. Where there is more than the limits allow, the spans of the first
 * turns and the middles of the longest texts stay out, and of a last turn that is too long alone its first spans; and that is counted.
 */
export function pageDataOf(
  report: SessionReport,
  view: SessionView,
  content: ContentReader,
  limits: PageLimits = defaultLimits,
): PageData {
  const texts = textPool(content);
  const { skipped, spans: shown, ofLastTurn, ofNoTurn } = shownSpans(report, limits.spans);
  const facts = new Map(view.spans.map((span) => [span.spanId, span]));
  const told = shown.flatMap(({ report, turn }) => {
    const span = facts.get(report.spanId);
    return span ? [{ report, span, turn }] : [];
  });
  const places = new Map(told.map(({ span }, place) => [span.spanId as string, place]));
  const marks = Map.groupBy(
    [...report.turns.slice(skipped).flatMap((turn) => turn.marks), ...report.marks],
    ({ spanId }) => spanId,
  );
  const placeOf = (spanId: string): Place | undefined => places.get(spanId);
  const contexts = pageContexts(view, content, texts, {
    placeOf,
    isCut: skipped > 0 || ofLastTurn > 0,
    work: limits.work,
  });
  const spans = told.map((one, place) => {
    const context = contexts.of(one.span, place, one.turn);
    const way = waysTold(one.span, content);
    return pageSpan(
      { ...one, marks: marks.get(one.span.spanId) ?? [], context, way },
      texts,
      placeOf,
    );
  });
  const turns = report.turns.map((turn) => pageTurn(turn, contexts.callOf(turn.index), texts));
  const own = (marks.get(null) ?? []).map((mark) => pageMark(mark, texts));
  const { texts: all, leftOut } = texts.texts(limits);
  return {
    session: report.session,
    turns,
    spans,
    marks: own,
    messages: contexts.messages(),
    texts: all,
    leftOut: {
      turns: skipped,
      spans: view.spans.length - spans.length,
      ofLastTurn,
      ofNoTurn,
      ...leftOut,
    },
  };
}
