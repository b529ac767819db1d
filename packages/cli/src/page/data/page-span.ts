import type { MarkReport, Span, SpanReport } from "@spoor/core";
import type { WaysTold } from "@spoor/core/report";
import type { PageContext, PageSpan, Place } from "../page-data.ts";
import { known } from "./known.ts";
import { pageMark } from "./page-marks.ts";
import type { TextPool } from "./text-pool.ts";

/** What a span's line on the page is made from. */
export interface SpanFacts {
  readonly report: SpanReport;
  readonly span: Span;
  readonly turn: number | null;
  readonly marks: readonly MarkReport[];
  readonly context: PageContext | undefined;
  readonly way: WaysTold;
}

export function pageSpan(
  { report, span, turn, marks, context, way }: SpanFacts,
  texts: TextPool,
  placeOf: (spanId: string) => Place | undefined,
): PageSpan {
  const { spanId, parentSpanId, causedBy, kind, name, key, status, inferred, error } = report;
  return {
    id: spanId,
    kind,
    name,
    key,
    status,
    ...known({
      parent: parentSpanId === null ? null : placeOf(parentSpanId),
      turn,
      start: span.startedAt,
      end: span.endedAt,
      inferred: inferred.length > 0 ? inferred : null,
      agent: report.agent,
      model: report.model,
      requestModel: report.requestModel,
      provider: report.provider,
      finishReason: report.finishReason,
      attempt: report.attempt,
      toolCallId: report.toolCallId,
      usage: report.usage,
      usageGrowing: report.usage && !report.usageFinal ? (true as const) : null,
      usd: report.costUsd,
      reportedUsd: span.reportedUsd,
      cause: causedBy === null ? null : (placeOf(causedBy) ?? causedBy),
      error: error && { type: error.type, ...known({ message: texts.ofHeld(span.detail) }) },
      input: texts.ofHeld(span.input),
      output: texts.ofHeld(span.output),
      expected: texts.ofHeld(span.expected),
      parameters: texts.ofHeld(span.parameters),
      native: texts.ofHeld(span.native),
      context,
      way: wayShown(way),
      marks: marks.length > 0 ? marks.map((mark) => pageMark(mark, texts)) : null,
    }),
  };
}

function wayShown({ step, chose, handedTo }: WaysTold): PageSpan["way"] | null {
  const way = known({
    step,
    chose: chose.length > 0 ? chose : null,
    handedTo: handedTo.length > 0 ? handedTo : null,
  });
  return Object.keys(way).length > 0 ? way : null;
}
