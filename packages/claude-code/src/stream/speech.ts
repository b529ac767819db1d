import type { EventDraft, JsonValue, Key } from "@spoor/core";
import { keep } from "../allowed.ts";
import { fieldsOf, listOf, textOf } from "../narrow.ts";
import { callOf, endCall, hearCall, reportUsage } from "../reduction/calls.ts";
import type { Told } from "../reduction/calls.ts";
import type { Lane } from "../reduction/session.ts";
import { withTerms } from "../reduction/facts.ts";
import { callUsage } from "../reduction/usage.ts";
import { callFacts, toolFacts } from "./facts.ts";
import type { Line, StreamSession } from "./reading.ts";

/** What a line tells of its call: the usage is what the API said at the start, so its output is a placeholder. */
const toldIn = (session: StreamSession, { lane, message }: Line): Told => ({
  meter: session.counter.name,
  request: textOf(message.request_id),
  requestModel: lane === null ? session.turn?.requestModel : undefined,
  native: withTerms(keep(message, callFacts), fieldsOf(message.message)["usage"]),
  aboutTool: (toolUse) => aboutTool(message.tool_use_meta, toolUse),
});

function aboutTool(meta: unknown, toolUse: Key): JsonValue | undefined {
  const about = listOf(meta).map(fieldsOf);
  return keep(
    about.find(({ id }) => id === toolUse),
    toolFacts,
  );
}

export function* readAssistant(
  session: StreamSession,
  lane: Lane,
  line: Line,
): Iterable<EventDraft> {
  const { message, aborted } = line.message;
  yield* hearCall(session, lane, line, fieldsOf(message), toldIn(session, line));
  if (aborted !== true) return;
  session.counter.estimated = true;
  yield* endCall(session, lane, { status: "cancelled" });
}

/** With partial messages on, the start and the end of a main-lane call are seen as the API told them, with exact usage. */
export function* readPartial(session: StreamSession, lane: Lane, line: Line): Iterable<EventDraft> {
  const event = fieldsOf(line.message.event);
  if (event["type"] === "message_start") {
    const message = fieldsOf(event["message"]);
    const call = yield* callOf(session, lane, line, message, toldIn(session, line));
    yield* reportUsage(session, call, line, message["usage"], false);
    return;
  }
  const { call } = lane;
  const named = textOf(line.message.api_message_id);
  if (call === null || call.ended || (named !== undefined && named !== call.key)) return;
  call.finishReason = textOf(fieldsOf(event["delta"])["stop_reason"]) ?? call.finishReason;
  const complete = callUsage(event["usage"]).output !== null;
  if (complete) yield* reportUsage(session, call, line, event["usage"], true);
}
