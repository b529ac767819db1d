import { names, operations, ownNames } from "../otlp/encode/conventions.ts";
import { namingOf } from "../otlp/encode/operation.ts";
import { numberOf, type SpanCost } from "../report/cost-report.ts";
import type { Span } from "../run-tree/span.ts";
import { callMeasurements } from "./call-measurements.ts";
import * as conventions from "./convention-instruments.ts";
import { label, type Labels, modelLabels, workLabels } from "./labels.ts";
import { measured, type Measurement } from "./measurement.ts";
import * as own from "./own-instruments.ts";
import { secondsOf } from "./seconds.ts";

/** What one span says by itself. `cost` is null where nobody has prices. Pure. */
export function spanMeasurements(span: Span, cost: SpanCost | null): readonly Measurement[] {
  return [
    ...ofItsKind(span),
    ...(span.status === "error" && !span.errorPassedOn ? errorOf(span) : []),
    ...(cost === null ? [] : costOf(span, cost)),
    ...measured(own.reportedCost, span.reportedUsd, workLabels(span)),
  ];
}

function ofItsKind(span: Span): readonly Measurement[] {
  const seconds = secondsOf(span);
  const common = [...label(names.errorType, span.errorType), ...workLabels(span)];
  switch (namingOf(span).operation) {
    case operations.chat:
    case operations.textCompletion:
    case operations.embeddings:
      return callMeasurements(span);
    case operations.retrieval:
      return measured(conventions.operationDuration, seconds, [
        ...label(names.operationName, operations.retrieval),
        ...common,
      ]);
    case operations.executeTool:
      return toolCall(span, seconds, common);
    case operations.invokeAgent:
      return measured(conventions.agentDuration, seconds, common);
    case operations.invokeWorkflow:
      return measured(conventions.workflowDuration, seconds, [
        ...label(names.workflowName, span.name),
        ...common,
      ]);
    default:
      return [];
  }
}

function toolCall(span: Span, seconds: number | null, common: Labels): readonly Measurement[] {
  const call = [...label(names.toolName, span.name), ...common];
  return [
    ...measured(conventions.toolDuration, seconds, call),
    ...measured(own.toolCalls, 1, [...label(ownNames.status, span.status), ...call]),
  ];
}

function errorOf(span: Span): readonly Measurement[] {
  return measured(own.errors, 1, [
    ...label(ownNames.kind, span.kind),
    ...label(names.errorType, span.errorType),
    ...(span.kind === "tool" ? label(names.toolName, span.name) : []),
    ...(span.kind === "model" ? modelLabels(span) : []),
    ...workLabels(span),
  ]);
}

function costOf(span: Span, { usd, unpriced }: SpanCost): readonly Measurement[] {
  const labels = [...(span.kind === "model" ? modelLabels(span) : []), ...workLabels(span)];
  return [
    ...measured(own.cost, numberOf(usd), labels),
    ...measured(own.unpriced, unpriced === 0 ? null : unpriced, labels),
  ];
}
