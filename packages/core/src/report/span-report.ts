import type { ContentReader } from "../journal/content.ts";
import type { Span } from "../run-tree/span.ts";
import { numberOf } from "./cost-report.ts";
import { textBehind, valueBehind } from "./value-behind.ts";
import { isoTime } from "./iso-time.ts";
import type { Reading } from "./reading.ts";
import type { ErrorReport, SpanReport } from "./report.ts";
import { usageReport } from "./usage-report.ts";

export function spanReport(span: Span, { content, contextHash, cost }: Reading): SpanReport {
  return {
    spanId: span.spanId,
    parentSpanId: span.parentSpanId,
    kind: span.kind,
    name: span.name,
    key: span.key,
    status: span.status,
    startedAt: isoTime(span.startedAt),
    endedAt: isoTime(span.endedAt),
    inferred: span.inferred,
    agent: span.agent,
    model: span.model,
    requestModel: span.requestModel,
    provider: span.provider,
    finishReason: span.finishReason,
    usage: span.usage && usageReport(span.usage),
    usageFinal: span.usageFinal,
    firstOutputAt: isoTime(span.firstOutputAt),
    costUsd: span.kind === "model" ? numberOf(cost(span).usd) : null,
    toolCallId: span.toolCallId,
    causedBy: span.causedBy,
    links: span.links,
    error: errorOf(span, content),
    contextHash: span.context && contextHash(span.context),
    attempt: span.attempt,
    expected: valueBehind(span.expected, content),
    actual: span.expected === null ? null : valueBehind(span.output, content),
  };
}

function errorOf(span: Span, content: ContentReader): ErrorReport | null {
  const { errorType, errorPassedOn, detail } = span;
  return errorType === null || errorPassedOn
    ? null
    : { type: errorType, message: textBehind(detail, content) };
}
