import type { EventDraft, JsonValue, Outcome } from "@spoor/core";
import { keep } from "../allowed.ts";
import { fieldsOf, jsonOf, listOf, textOf } from "../narrow.ts";
import { endCall } from "../reduction/calls.ts";
import { inferredAt } from "../reduction/session.ts";
import type { Turn } from "../reduction/session.ts";
import { endTurn, nameClearing, nameSum, openTurn, tellCause } from "../reduction/turns.ts";
import type { Ending } from "../reduction/turns.ts";
import { callUsage } from "../reduction/usage.ts";
import { readCounter } from "./reading-counter.ts";
import { confirmDenials } from "./denials.ts";
import { resultFacts } from "./facts.ts";
import { changedSetting } from "./init.ts";
import type { ClaudeMessage } from "./native.ts";
import type { Line, StreamSession } from "./reading.ts";

/** The open turn, opened by this line if there is none. */
export function* turnOf(session: StreamSession, line: Line): Generator<EventDraft, Turn> {
  if (session.turn !== null) return session.turn;
  const { message } = line;
  return yield* openTurn(session, line, {
    name: message.type === "result" ? textOf(message.local_command) : undefined,
    trigger: triggerOf(message),
    native: changedSetting(session, message),
  });
}

/** Who set the turn off, where its first line says so; most begin with an init, which does not. */
function triggerOf(message: ClaudeMessage): string | undefined {
  const origin = originOf(message);
  if (message.type === "result") {
    return origin ?? (textOf(message.local_command) === undefined ? undefined : "local_command");
  }
  if (message.type !== "user" || message.isReplay !== true) return undefined;
  return origin === undefined || origin === "human" ? "user" : origin;
}

const originOf = (message: ClaudeMessage): string | undefined =>
  textOf(fieldsOf(message.origin)["kind"]);

/** A result closes the turn, and is one by itself where nothing came before it, as after a local command. */
export function* readResult(session: StreamSession, line: Line): Iterable<EventDraft> {
  const turn = yield* turnOf(session, line);
  const ending = endingOf(line.message, turn);
  yield* endCall(session, turn.lane);
  yield* confirmDenials(session, line);
  yield* forgetEndedAgents(session);
  yield* tellNotifier(session, turn, line);
  const used = callUsage(line.message.usage);
  const answered = ending.outcome.status === "ok" && ending.output !== undefined;
  const named = yield* nameSum(session, turn, line, used);
  yield* readCounter(session, turn, line, turn.aliased || (named && answered));
  if (line.message.local_command === "clear") yield* nameClearing(session, turn);
  yield* endTurn(session, turn, ending);
  session.failed = ending.outcome.status === "error";
  session.turn = null;
  session.initialised = false;
  session.denied.clear();
  session.notified = null;
}

/** A turn that a notification set off says so at its end only; it is about the agent that ended before the turn began. */
function* tellNotifier(session: StreamSession, turn: Turn, line: Line): Iterable<EventDraft> {
  const { notified } = session;
  if (notified === null || originOf(line.message) !== "task-notification") return;
  yield* tellCause(session, turn, notified);
}

/** Agents that still run outlive the turn; what an ended one had to say late has been said by now. */
function* forgetEndedAgents(session: StreamSession): Iterable<EventDraft> {
  for (const [name, agent] of session.agents) {
    if (!agent.ended) continue;
    yield* endCall(session, agent.lane);
    session.agents.delete(name);
  }
}

function endingOf(message: ClaudeMessage, { interrupted, lane }: Turn): Ending {
  const ending = { ...inferredAt(lane.latest), native: keep(message, resultFacts) };
  const text = textOf(message.result);
  const failed = message.is_error ?? message.subtype !== "success";
  if (failed === true) {
    return { ...ending, outcome: failure(message, interrupted), detail: reason(message) ?? text };
  }
  const { structured_output: structured } = message;
  const answer = text ?? (structured === undefined ? undefined : jsonOf(structured));
  return { ...ending, outcome: { status: "ok" }, output: answer };
}

function failure(message: ClaudeMessage, interrupted: boolean): Outcome {
  const ended = textOf(message.terminal_reason);
  if (interrupted || ended?.startsWith("aborted") === true) return { status: "cancelled" };
  const api = [textOf(message.api_error), textOf(message.api_error_type)];
  const named = ended === undefined || ended === "api_error" ? [...api, ended] : [ended, ...api];
  const errorType = [...named, textOf(message.subtype)].find(saysWhy);
  return { status: "error", errorType: errorType ?? "unknown" };
}

/** API failures end with the subtype `success`, and in older versions with the reason `completed`. */
const saysWhy = (name: string | undefined): name is string =>
  name !== undefined && name !== "success" && name !== "completed";

function reason(message: ClaudeMessage): JsonValue | undefined {
  return textOf(
    listOf(message.errors)
      .filter((error) => typeof error === "string")
      .join("\n"),
  );
}
