import type { EventDraft, Key, Outcome } from "@spoor/core";
import { keep } from "../allowed.ts";
import { wordsOf } from "../content.ts";
import { fieldsOf, listOf, textOf } from "../narrow.ts";
import { endAgent } from "../reduction/agents.ts";
import { endCall, hearCall } from "../reduction/calls.ts";
import { withTerms } from "../reduction/facts.ts";
import { isSynthetic, logSynthetic } from "../reduction/marks.ts";
import { at } from "../reduction/session.ts";
import type { Agent, Call, Lane, Turn } from "../reduction/session.ts";
import { hearTurn } from "../reduction/turns.ts";
import { delegate } from "./agents.ts";
import { callFacts, errorFacts } from "./facts.ts";
import type { Line, Thread, TranscriptSession } from "./reading.ts";
import { finish, lastWords } from "./turns.ts";

/** The model speaks in the conversation, or the program in its name. */
export function* readAnswer(
  session: TranscriptSession,
  thread: Thread,
  turn: Turn,
  line: Line,
): Iterable<EventDraft> {
  yield* hearTurn(session, textOf(line.native.uuid));
  if (isSynthetic(line.native.message)) {
    yield readSynthetic(session, turn.key, line);
    const failure = failureIn(line);
    if (failure !== undefined)
      yield* finish(session, turn, line, failure, { detail: wordsIn(line) });
    return;
  }
  const call = yield* readCall(session, thread, turn.lane, line);
  session.model = call.model;
  const output = lastWords(call);
  if (output !== undefined) yield* finish(session, turn, line, { status: "ok" }, { output });
}

/** A subagent's model speaks. */
export function* readAside(
  session: TranscriptSession,
  thread: Thread,
  agent: Agent,
  line: Line,
): Iterable<EventDraft> {
  if (isSynthetic(line.native.message)) {
    yield readSynthetic(session, agent.key, line);
    if (failureIn(line) === undefined) return;
    const outcome = { status: "error", errorType: "agent_failed" } as const;
    yield* endAgent(session, agent, outcome, at(line.ms), { detail: wordsIn(line) });
    return;
  }
  const output = lastWords(yield* readCall(session, thread, agent.lane, line));
  if (output !== undefined) {
    yield* endAgent(session, agent, { status: "ok" }, at(line.ms), { output });
  }
}

/** Usage is final where the line knows why the call stopped; older versions wrote placeholders first, and some nothing else. */
function* readCall(
  session: TranscriptSession,
  thread: Thread,
  lane: Lane,
  line: Line,
): Generator<EventDraft, Call> {
  const { native } = line;
  const message = fieldsOf(native.message);
  const sent = thread.requests.get(textOf(native.requestRef) ?? "");
  thread.requests.clear();
  for (const block of listOf(message["content"])) delegate(session, line, block);
  const call = yield* hearCall(session, lane, line, message, {
    final: textOf(message["stop_reason"]) !== undefined,
    request: textOf(native.requestId),
    sent,
    requestModel: textOf(native.requestedModel),
    native: withTerms(keep(native, callFacts), message["usage"]),
  });
  if (native.isAbortedMidStream === true) {
    yield* endCall(session, lane, { status: "cancelled" });
  }
  return call;
}

const wordsIn = ({ native }: Line): string | undefined =>
  wordsOf(fieldsOf(native.message)["content"]);

/** What went wrong, where the words are an API error's: nothing more will come of the request. */
function failureIn({ native }: Line): Outcome | undefined {
  if (native.isApiErrorMessage !== true) return undefined;
  const named = textOf(native.apiError) ?? textOf(native.apiErrorType) ?? textOf(native.error);
  return { status: "error", errorType: named ?? "api_error" };
}

function readSynthetic(session: TranscriptSession, on: Key, line: Line): EventDraft {
  const { message, isApiErrorMessage } = line.native;
  const facts = keep(line.native, errorFacts);
  return logSynthetic(session, on, line, message, isApiErrorMessage === true, facts);
}
