import type { EventDraft, JsonValue, Key } from "@spoor/core";
import { keep } from "../allowed.ts";
import { fieldsOf, numberOf, textOf } from "../narrow.ts";
import * as marks from "../reduction/marks.ts";
import { tellInput } from "../reduction/turns.ts";
import { errorFacts, noteFacts, retryFacts } from "./facts.ts";
import { changedSetting, isInit } from "./init.ts";
import { kindOf } from "./native.ts";
import type { ClaudeMessage } from "./native.ts";
import type { Line, StreamSession } from "./reading.ts";

/** A line that the vocabulary has no word for. */
export function note(session: StreamSession, line: Line): EventDraft {
  const on = session.turn?.key ?? null;
  return marks.note(session, on, line, kindOf(line.message), factsOf(session, line.message));
}

const factsOf = (session: StreamSession, message: ClaudeMessage): JsonValue | undefined =>
  isInit(message) ? changedSetting(session, message) : noteFacts(message);

/** The program speaks in the model's name, and may say so what the user gave it to do. */
export function* readSynthetic(session: StreamSession, on: Key, line: Line): Iterable<EventDraft> {
  const { message } = line;
  const failed = message.is_api_error_message === true || textOf(message.error) !== undefined;
  yield marks.logSynthetic(session, on, line, message.message, failed, keep(message, errorFacts));
  const command = commandOf(message);
  if (command !== undefined && session.turn !== null) {
    yield* tellInput(session, session.turn, command);
  }
}

/** The local command that the program answers by itself, as the user gave it. */
function commandOf(message: ClaudeMessage): string | undefined {
  const { command, args } = fieldsOf(message.local_command_run);
  const name = textOf(command);
  return name === undefined ? undefined : `/${name} ${textOf(args) ?? ""}`.trimEnd();
}

/**
 * The call in flight will be tried again. The line does not say whose it is: the turn's, unless there is only an agent to wait for it.
 * A connection that broke may have cost tokens that nobody counted.
 */
export function readRetry(session: StreamSession, line: Line): EventDraft {
  const { message } = line;
  if (message.error_status === null) session.counter.estimated = true;
  return marks.failAttempt(session, session.turn?.key ?? onlyAgent(session), line, {
    errorType: attemptError(message),
    retryDelayMs: numberOf(message.retry_delay_ms),
    native: keep(message, retryFacts),
  });
}

function onlyAgent(session: StreamSession): Key | null {
  const [agent, another] = [...session.agents.values()].filter(({ ended }) => !ended);
  return another === undefined ? (agent?.key ?? null) : null;
}

function attemptError(message: ClaudeMessage): string {
  const error = textOf(message.error);
  if (error !== undefined && error !== "unknown") return error;
  if (message.error_status === null) return "connection_error";
  const status = numberOf(message.error_status);
  return status === undefined ? "unknown" : `http_${status}`;
}

/** What the turn's own lane calls from here on was asked of the first model. */
export function* readFallback(session: StreamSession, line: Line): Iterable<EventDraft> {
  const { original_model: original, fallback_model: fallback, trigger } = line.message;
  const choice = textOf(fallback);
  if (choice === undefined) return;
  const requested = textOf(original);
  const { turn } = session;
  if (turn !== null && line.lane === null) turn.requestModel ??= requested;
  yield marks.fallBack(session, turn?.key ?? null, line, {
    choice,
    requested,
    why: textOf(trigger),
    native: noteFacts(line.message),
  });
}

/**
 * The iterator threw. What is open stays so: nobody saw it end, and this process will not tell. After a result that failed, it is the same
 * failure once more.
 */
export function* readThrown(session: StreamSession, line: Line): Iterable<EventDraft> {
  if (session.turn === null && session.failed) return;
  const { name, message } = fieldsOf(line.message.thrown);
  const words = textOf(message) ?? textOf(name) ?? "the stream threw";
  yield marks.log(session, session.turn?.key ?? null, line, "error", words);
}
