import { names, operations, ownNames } from "../otlp/encode/conventions.ts";
import { namingOf } from "../otlp/encode/operation.ts";
import { providerWord } from "../otlp/encode/provider.ts";
import { numberOf, type SpanCost } from "../report/cost-report.ts";
import type { Span } from "../run-tree/span.ts";
import * as conventions from "./convention-instruments.ts";
import { label, labelNames, type Labels, workLabels } from "./labels.ts";
import { measured, type Measurement } from "./measurement.ts";
import * as own from "./own-instruments.ts";
import { secondsOf, secondsToFirstOutput } from "./seconds.ts";
import { tokensOf } from "./tokens.ts";

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
      return modelCall(span, seconds, common);
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

function modelCall(span: Span, seconds: number | null, common: Labels): readonly Measurement[] {
  const { usage, status, finishReason } = span;
  const call = [...label(names.operationName, operations.chat), ...modelLabels(span), ...common];
  const { input, output } = usage ? tokensOf(usage) : { input: null, output: null };
  const ofType = (type: string): Labels => [...label(labelNames.tokenType, type), ...call];
  return [
    ...measured(conventions.operationDuration, seconds, call),
    ...measured(conventions.timeToFirstChunk, secondsToFirstOutput(span), call),
    ...measured(conventions.tokenUsage, input, ofType("input")),
    ...measured(conventions.tokenUsage, output, ofType("output")),
    ...measured(own.modelCalls, 1, [
      ...label(ownNames.status, status),
      ...label(labelNames.finishReason, finishReason),
      ...call,
    ]),
  ];
}

function toolCall(span: Span, seconds: number | null, common: Labels): readonly Measurement[] {
  const call = [...label(names.toolName, span.name), ...common];
  return [
    ...measured(conventions.toolDuration, seconds, call),
    ...measured(own.toolCalls, 1, [...label(ownNames.status, span.status), ...call]),
  ];
}

function modelLabels({ provider, requestModel, model }: Span): Labels {
  return [
    ...label(names.providerName, providerWord(provider)),
    ...label(names.requestModel, requestModel),
    ...label(names.responseModel, model),
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
