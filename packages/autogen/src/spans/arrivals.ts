import { BoundedMap, type ReceivedSpan, type SpanId } from "@spoor/core";
import { agentIdOf } from "../events/agent-id.ts";
import { type Arrived, mostKnown } from "./arrived.ts";
import type { Role } from "./role.ts";

/**
 * What is noted of spans as they come, before it is known where they stand. They come in the order of ending, so when a span is told of, what ended
 * in it has come before.
 */
export interface Arrivals {
  note(arrived: Arrived): void;
  /** Its failure is told by something in it. */
  failedBelow(span: SpanId): boolean;
  /** A turn of an agent in a team gave an answer, or told of its failure. */
  answered(span: SpanId): boolean;
  /** Whether any call of a model was seen: where none is, nobody instruments them. */
  readonly hasCalls: boolean;
  /** A call of a model lies in it, with nothing but others' spans between. */
  hasCallBelow(span: SpanId): boolean;
  /** Which executor sent the message. */
  senderOf(message: SpanId): SpanId | null;
}

export function createArrivals(): Arrivals {
  const failed = new BoundedMap<SpanId, true>(mostKnown);
  const answering = new BoundedMap<SpanId, true>(mostKnown);
  const senders = new BoundedMap<SpanId, SpanId>(mostKnown);
  const calling = new BoundedMap<SpanId, true>(mostKnown);
  let hasCalls = false;
  return {
    note({ span, role, follows }) {
      hasCalls ||= role.is === "model";
      if (follows === null) return;
      if (role.is === "model" || (role.is === "passing" && calling.has(span.spanId)))
        calling.set(follows, true);
      if (failed.has(span.spanId) || (span.status.code === "error" && tellsFailure(span, role)))
        failed.set(follows, true);
      if (role.is === "runtime" && role.runtime.operation === "process") return;
      if (isAnswer(role) || answering.has(span.spanId)) answering.set(follows, true);
      if (span.name.startsWith("message.send")) senders.set(span.spanId, follows);
    },
    failedBelow: (span) => failed.has(span),
    get hasCalls() {
      return hasCalls;
    },
    hasCallBelow: (span) => calling.has(span),
    answered: (span) => answering.has(span),
    senderOf: (message) => senders.get(message) ?? null,
  };
}

/** In a team, what handles the request tells how the agent failed, and leaves it to the run. */
function tellsFailure({ attributes }: ReceivedSpan, role: Role): boolean {
  switch (role.is) {
    case "runtime":
      return role.runtime.operation === "process" && !role.runtime.to?.team;
    case "agent":
      return agentIdOf(attributes["gen_ai.agent.id"]) === null;
    case "repeated tool":
    case "passing":
    case "aside":
      return false;
    default:
      return true;
  }
}

const isAnswer = (role: Role): boolean =>
  role.is === "runtime" &&
  role.runtime.operation === "create" &&
  /^GroupChat(?:\w*Response|Error)$/.test(role.runtime.messageType ?? "");
