import type { EventDraft, Outcome } from "@spoor/core";
import { keptBlock } from "./content.ts";
import { fieldsOf, known, listOf, only, textOf } from "./narrow.ts";
import { at, inferredAt, reach } from "./session.ts";
import type { Call, Lane, Line, Session } from "./session.ts";
import { readToolBlock } from "./tools.ts";
import { callUsage, isUnknown, laterUsage, sameUsage } from "./usage.ts";

/** An assistant line: one block, sometimes more, of a call that may span several lines. */
export function* readAssistant(session: Session, lane: Lane, line: Line): Iterable<EventDraft> {
  const message = fieldsOf(line.message.message);
  const call = yield* callOf(session, lane, line, message);
  if (call.lines.has(line.mark)) return;
  call.lines.add(line.mark);
  call.native ??= only(line.message, callFacts);
  call.finishReason ??= textOf(message["stop_reason"]);
  reach(lane, line.ms);
  reach(call, line.ms);
  yield* reportUsage(session, call, line, message["usage"], false);
  for (const block of listOf(message["content"])) {
    call.blocks.push(keptBlock(block));
    yield* readToolBlock(session, lane, call.key, line, fieldsOf(block));
  }
  if (line.message.aborted === true) {
    session.counter.estimated = true;
    yield* endCall(session, lane, { status: "cancelled" });
  }
}

/** With partial messages on, the start and the end of a main-lane call are seen as the API told them, with exact usage. */
export function* readPartial(session: Session, lane: Lane, line: Line): Iterable<EventDraft> {
  const event = fieldsOf(line.message.event);
  if (event["type"] === "message_start") {
    const message = fieldsOf(event["message"]);
    const call = yield* callOf(session, lane, line, message);
    yield* reportUsage(session, call, line, message["usage"], false);
    return;
  }
  const call = lane.call;
  const named = textOf(line.message.api_message_id);
  if (call === null || call.ended || (named !== undefined && named !== call.key)) return;
  call.finishReason = textOf(fieldsOf(event["delta"])["stop_reason"]) ?? call.finishReason;
  const complete = callUsage(event["usage"]).output !== null;
  if (complete) yield* reportUsage(session, call, line, event["usage"], true);
}

/** The lane's call of that id. Another id is its next call, and so ends the one before. */
function* callOf(
  session: Session,
  lane: Lane,
  line: Line,
  message: Readonly<Record<string, unknown>>,
): Generator<EventDraft, Call> {
  const key = textOf(message["id"]) ?? line.mark;
  if (lane.call?.key === key) return lane.call;
  yield* endCall(session, lane);
  const model = textOf(message["model"]);
  const call: Call = {
    key,
    model,
    meter: session.counter.name,
    lines: new Set(),
    blocks: [],
    said: callUsage(undefined),
    final: false,
    finishReason: undefined,
    latest: undefined,
    ended: false,
    native: undefined,
  };
  lane.call = call;
  yield {
    ...session.head,
    type: "model.started",
    key,
    name: model ?? "model",
    parent: lane.owner,
    provider: "anthropic",
    ...inferredAt(startOf(lane, line)),
  };
  return call;
}

/** The clocks of a replayed line and of a block may disagree; a start after the first block would be no start. */
function startOf(lane: Lane, line: Line): number | undefined {
  if (lane.since === undefined || line.ms === undefined) return lane.since;
  return lane.since <= line.ms ? lane.since : undefined;
}

/** A call is over when its lane goes on to the next, or when the lane itself is over: never by what a tool returns meanwhile. */
export function* endCall(
  session: Session,
  lane: Lane,
  outcome: Outcome = { status: "ok" },
): Iterable<EventDraft> {
  const call = lane.call;
  if (call === null || call.ended) return;
  call.ended = true;
  yield {
    ...session.head,
    type: "model.ended",
    key: call.key,
    outcome,
    responseId: call.key,
    ...at(call.latest),
    ...known({
      model: call.model,
      finishReason: call.finishReason,
      native: call.native,
      output: call.blocks.length === 0 ? undefined : [...call.blocks],
    }),
  };
}

function* reportUsage(
  session: Session,
  call: Call,
  line: Line,
  shown: unknown,
  final: boolean,
): Iterable<EventDraft> {
  if (call.final) return;
  const usage = laterUsage(callUsage(shown), call.said);
  if (isUnknown(usage) || (!final && sameUsage(usage, call.said))) return;
  call.said = usage;
  call.final = final;
  yield {
    ...session.head,
    type: "usage.reported",
    on: call.key,
    mark: line.mark,
    ...at(line.ms),
    basis: "call",
    meter: call.meter,
    usage,
    final,
    ...known({ model: call.model }),
  };
}

const callFacts: ReadonlySet<string> = new Set([
  "error",
  "request_id",
  "resume_reason",
  "resumed_from_incomplete_thinking",
  "supersedes",
  "user_message_uuid",
  "user_message_uuids",
]);
