import type { Span } from "../../run-tree/span.ts";
import { names, operations, ownNames, unattributedNames, usageNames } from "./conventions.ts";
import { decimal, flag, integer, type KeyValue, text, texts } from "../wire/key-value.ts";
import { namingOf } from "./operation.ts";
import { providerWord } from "./provider.ts";
import { notBelowZero, tokenAttributes } from "./token-attributes.ts";

/**
 * All that a span says of itself without content. What is unknown is absent. Conversation, agent and operation stand on every span, because
 * backends group by them; where the conventions have no word for the operation, which may be any, it is the word for the kind of work.
 */
export function attributesOf(span: Span): readonly KeyValue[] {
  const { operation } = namingOf(span);
  const agent = span.agent ?? (span.kind === "agent" ? span.name : null);
  return [
    ...text(names.operationName, operation ?? span.kind),
    ...(span.sessionInferred ? [] : text(names.conversationId, span.session)),
    ...text(names.agentName, agent),
    ...text(names.workflowName, operation === operations.invokeWorkflow ? span.name : null),
    ...text(names.errorType, span.errorType),
    ...(span.errorPassedOn ? flag(ownNames.errorPassedOn, true) : []),
    ...(isCompacted(span) ? flag(names.conversationCompacted, true) : []),
    ...(span.kind === "model" ? modelAttributes(span) : []),
    ...(span.kind === "tool" ? toolAttributes(span) : []),
    ...(span.kind === "turn" ? turnAttributes(span) : []),
    ...text(ownNames.kind, span.kind),
    ...text(ownNames.name, agent === null || isCalled(agent, span) ? null : span.name),
    ...text(ownNames.status, span.status),
    ...text(ownNames.turnId, span.turnSpanId),
    ...texts(ownNames.otherSpanIds, span.otherSpanIds ?? []),
    ...text(ownNames.causedBy, span.causedBy),
    ...integer(ownNames.attempt, span.attempt),
    ...labelAttributes(span),
  ];
}

/** What is called after its agent keeps a name of its own. */
const isCalled = (agent: string, { kind, name }: Span): boolean =>
  name === agent || (kind !== "turn" && kind !== "agent" && kind !== "plan");

/** The conventions know only the good news: what was not compacted, or may have been, says nothing. */
const isCompacted = ({ kind, status }: Span): boolean => kind === "compaction" && status === "ok";

/** Models and tokens stand on model calls only: backends count a call wherever they meet one of these. */
function modelAttributes(span: Span): readonly KeyValue[] {
  return [
    ...text(names.providerName, providerWord(span.provider)),
    ...text(names.requestModel, span.requestModel),
    ...text(names.promptName, span.promptName),
    ...text(names.promptVersion, span.promptVersion),
    ...text(names.responseModel, span.model),
    ...text(names.responseId, span.responseId),
    ...texts(names.finishReasons, span.finishReason === null ? [] : [span.finishReason]),
    ...(span.firstOutputAt === null ? [] : flag(names.stream, true)),
    ...decimal(names.timeToFirstChunk, secondsToFirstOutput(span)),
    ...(span.usage ? tokenAttributes(usageNames, span.usage) : []),
    ...(span.usage ? flag(ownNames.usageFinal, span.usageFinal) : []),
  ];
}

function secondsToFirstOutput({ startedAt, firstOutputAt }: Span): number | null {
  if (startedAt === null || firstOutputAt === null || firstOutputAt < startedAt) return null;
  return (firstOutputAt - startedAt) / 1_000;
}

function toolAttributes(span: Span): readonly KeyValue[] {
  return [...text(names.toolName, span.name), ...text(names.toolCallId, span.toolCallId)];
}

function turnAttributes(span: Span): readonly KeyValue[] {
  const { unattributed } = span;
  return [
    ...text(ownNames.trigger, span.trigger),
    ...text(ownNames.continuation, span.continuation),
    ...decimal(ownNames.reportedUsd, span.reportedUsd),
    ...(unattributed ? tokenAttributes(unattributedNames, notBelowZero(unattributed)) : []),
    ...(unattributed ? flag(ownNames.unattributedFinal, span.totalsFinal) : []),
  ];
}

function labelAttributes({ labels }: Span): readonly KeyValue[] {
  return [
    ...text(names.deploymentEnvironment, labels.environment),
    ...text(ownNames.feature, labels.feature),
    ...text(ownNames.release, labels.release),
    ...text(ownNames.agentVersion, labels.agentVersion),
    ...texts(ownNames.tags, labels.tags),
  ];
}
