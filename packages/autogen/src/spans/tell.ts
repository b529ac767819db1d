import {
  type EventDraft,
  type Key,
  type ReceivedCall,
  type ReceivedSpan,
  unknownUsage,
  type WorkKind,
} from "@spoor/core";
import { type Fields, jsonOf, nameOf, textOf } from "../messages/narrow.ts";
import { receivedContent, receivedContext } from "./content.ts";
import { endOf } from "./outcome.ts";
import { parentIn, type Place } from "./place.ts";
import { about, keyOf, type Scene, timed } from "./scene.ts";

interface Telling {
  readonly place: Place;
  readonly span: ReceivedSpan;
  /** A span inside tells of the failure. */
  readonly failedBelow: boolean;
}

export interface Work extends Telling {
  readonly kind: WorkKind;
  readonly name: string;
  readonly agent?: string | undefined;
  readonly parent?: Key;
  readonly causedBy?: Key | null;
  readonly input?: Fields;
  /** It ended without an answer. */
  readonly isCancelled?: boolean;
}

export function* tellWork(work: Work): Iterable<EventDraft> {
  const { place, span, kind, agent, causedBy, isCancelled, failedBelow } = work;
  const { input = work.input && jsonOf(work.input), output } = receivedContent(span);
  const end = endOf(span, failedBelow);
  const isCut = isCancelled === true && end.outcome.status === "ok";
  yield {
    ...about(place.scene),
    ...timed(span.startedAt),
    type: "work.started",
    kind,
    key: keyOf(span),
    name: nameOf(work.name, kind),
    parent: work.parent ?? parentIn(place),
    ...(agent === undefined ? {} : { agent: nameOf(agent, "agent") }),
    ...(causedBy ? { causedBy } : {}),
    ...(input === undefined ? {} : { input }),
  };
  yield {
    ...about(place.scene),
    ...timed(span.endedAt),
    type: "work.ended",
    key: keyOf(span),
    ...(isCut ? { outcome: { status: "cancelled" } } : end),
    ...(output === undefined ? {} : { output }),
  };
}

export function* tellTool(
  { place, span, failedBelow }: Telling,
  name: string,
): Iterable<EventDraft> {
  const { input, output } = { ...place.toolContent, ...receivedContent(span) };
  const toolCallId = textOf(span.attributes["gen_ai.tool.call.id"]);
  yield {
    ...about(place.scene),
    ...timed(span.startedAt),
    type: "tool.started",
    key: keyOf(span),
    name: nameOf(name, "tool"),
    parent: parentIn(place),
    ...(toolCallId === undefined ? {} : { toolCallId: nameOf(toolCallId, "") }),
    ...(input === undefined ? {} : { input }),
  };
  yield {
    ...about(place.scene),
    ...timed(span.endedAt),
    type: "tool.ended",
    key: keyOf(span),
    ...endOf(span, failedBelow),
    ...(output === undefined ? {} : { output }),
  };
}

/** A call is named after its response, as in the log: there it is the same call. */
export const keyOfCall = (span: ReceivedSpan, { responseId }: ReceivedCall): Key =>
  responseId === undefined ? keyOf(span) : `call:${responseId}`;

export interface Call extends Telling {
  readonly session: string;
  readonly key: Key;
  readonly call: ReceivedCall;
  readonly parent: Key | undefined;
}

export function* tellCall({
  session,
  span,
  failedBelow,
  key,
  call,
  parent,
}: Call): Iterable<EventDraft> {
  const { provider, requestModel, model, finishReason, responseId, usage } = call;
  const [context, { output }] = [receivedContext(span), receivedContent(span)];
  yield {
    ...about({ session }),
    ...timed(span.startedAt),
    type: "model.started",
    key,
    name: "model",
    ...operationOf(span),
    ...(parent === undefined ? {} : { parent }),
    ...(provider === undefined ? {} : { provider }),
    ...(requestModel === undefined ? {} : { requestModel }),
    ...(context === undefined ? {} : { context }),
  };
  yield {
    ...about({ session }),
    ...timed(span.endedAt),
    type: "model.ended",
    key,
    ...endOf(span, failedBelow),
    ...(model === undefined ? {} : { model }),
    ...(finishReason === undefined ? {} : { finishReason }),
    ...(responseId === undefined ? {} : { responseId }),
    ...(output === undefined ? {} : { output }),
  };
  if (usage === undefined) return;
  yield {
    ...about({ session }),
    ...timed(span.endedAt),
    type: "usage.reported",
    on: key,
    mark: "call",
    basis: "call",
    usage,
    final: true,
  };
}

const operations = ["chat", "text_completion", "embeddings"] as const;

function operationOf({ attributes }: ReceivedSpan): { operation?: (typeof operations)[number] } {
  const operation = operations.find((word) => word === attributes["gen_ai.operation.name"]);
  return operation === undefined ? {} : { operation };
}

/**
 * What an agent used that nobody counted: a call that was cancelled leaves no span, and where no client is instrumented none does. Whether there was
 * one is not told either.
 */
export const uncounted = (scene: Scene, span: ReceivedSpan): EventDraft => ({
  ...about(scene),
  ...timed(span.endedAt),
  type: "usage.reported",
  on: scene.turn,
  mark: `uncounted:${span.spanId}`,
  basis: "total",
  usage: unknownUsage,
  final: false,
});
