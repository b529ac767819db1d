import { names, operations, ownNames } from "../otlp/encode/conventions.ts";
import type { Span } from "../run-tree/span.ts";
import * as conventions from "./convention-instruments.ts";
import * as inference from "./inference-instruments.ts";
import { label, labelNames, type Labels, modelLabels, workLabels } from "./labels.ts";
import { measured, type Measurement } from "./measurement.ts";
import * as own from "./own-instruments.ts";
import { secondsOf, secondsToFirstOutput } from "./seconds.ts";
import { tokensOf } from "./tokens.ts";

/** What a model call says by itself. Pure. */
export function callMeasurements(span: Span): readonly Measurement[] {
  const { status, finishReason } = span;
  const called = [
    ...label(names.operationName, span.operation ?? operations.chat),
    ...modelLabels(span),
  ];
  const ended = [...label(names.errorType, span.errorType), ...workLabels(span)];
  const call = [...called, ...ended];
  return [
    ...timesOf(span, call),
    ...tokensOfEach(span, call),
    ...(isInference(span) ? inferenceOf(span, { called, call }) : []),
    ...measured(own.modelCalls, 1, [
      ...label(ownNames.status, status),
      ...label(labelNames.finishReason, finishReason),
      ...call,
    ]),
  ];
}

/** Who asks for vectors does not ask for an answer. */
const isInference = ({ operation }: Span): boolean => operation !== operations.embeddings;

function timesOf(span: Span, call: Labels): readonly Measurement[] {
  return [
    ...measured(conventions.operationDuration, secondsOf(span), call),
    ...measured(conventions.timeToFirstChunk, secondsToFirstOutput(span), call),
  ];
}

function tokensOfEach({ usage }: Span, call: Labels): readonly Measurement[] {
  if (usage === null) return [];
  const { input, output } = tokensOf(usage);
  const ofType = (type: string): Labels => [...label(labelNames.tokenType, type), ...call];
  return [
    ...measured(conventions.tokenUsage, input, ofType("input")),
    ...measured(conventions.tokenUsage, output, ofType("output")),
  ];
}

/** The same, and more, under the names that the conventions have moved to. */
function inferenceOf(
  span: Span,
  { called, call }: { readonly called: Labels; readonly call: Labels },
): readonly Measurement[] {
  const modality = label(labelNames.tokenModality, unknownModality);
  return [
    ...measured(inference.inferenceDuration, secondsOf(span), call),
    ...measured(inference.inferenceTimeToFirstChunk, secondsToFirstOutput(span), call),
    ...tokensOfInference(span, call),
    ...tokensSpent(span, [...called, ...modality, ...workLabels(span)]),
  ];
}

/** The conventions' word where a provider does not tell text from pictures and sound, or nobody noted it. */
const unknownModality = "unknown";

/** How calls differ. */
function tokensOfInference({ usage }: Span, call: Labels): readonly Measurement[] {
  if (usage === null) return [];
  const { input, output } = tokensOf(usage);
  return [
    ...measured(inference.callInputTokens, input, call),
    ...measured(inference.callOutputTokens, output, call),
  ];
}

/** What they come to. */
function tokensSpent({ usage }: Span, labels: Labels): readonly Measurement[] {
  if (usage === null) return [];
  const { input, output } = tokensOf(usage);
  return [
    ...measured(inference.inputTokens, input, labels),
    ...measured(inference.cacheReadTokens, usage.cacheRead, labels),
    ...measured(inference.cacheWriteTokens, usage.cacheWrite, labels),
    ...measured(inference.outputTokens, output, labels),
    ...measured(inference.reasoningTokens, usage.reasoning, labels),
  ];
}
