import type { DraftOf, EventDraft, JsonValue, Outcome } from "@spoor/core";
import { endCall } from "./calls.ts";
import { cumulative, usedSince } from "./counter.ts";
import { initFacts } from "./init.ts";
import type { ClaudeMessage } from "./native.ts";
import { fieldsOf, known, listOf, textOf, without } from "./narrow.ts";
import { createLane, inferredAt, meterSince } from "./session.ts";
import type { Line, Session, Turn } from "./session.ts";

/** The open turn, opened by this line if there is none. */
export function* turnOf(session: Session, line: Line): Generator<EventDraft, Turn> {
  if (session.turn !== null) return session.turn;
  const key = `turn@${line.mark}`;
  const { message } = line;
  const command = message.type === "result" ? textOf(message.local_command) : undefined;
  yield {
    ...session.head,
    type: "turn.started",
    key,
    name: command ?? "turn",
    ...known({ trigger: triggerOf(message), native: initFacts(message) }),
    ...(session.forkedFrom === null ? {} : { links: [{ kind: "fork", ...session.forkedFrom }] }),
  };
  session.forkedFrom = null;
  session.lastTurn = key;
  session.turn = {
    key,
    lane: createLane(key, undefined),
    aliased: false,
    hasInput: false,
    interrupted: false,
    compaction: null,
  };
  return session.turn;
}

/** Who set the turn off, where its first line says so; most begin with an init, which does not. */
function triggerOf(message: ClaudeMessage): string | undefined {
  const origin = textOf(fieldsOf(message.origin)["kind"]);
  if (message.type === "result") {
    return origin ?? (textOf(message.local_command) === undefined ? undefined : "local_command");
  }
  if (message.type !== "user" || message.isReplay !== true) return undefined;
  return origin === undefined || origin === "human" ? "user" : origin;
}

/** Transcripts name the turn otherwise; the line in which its model first speaks is the same in both. */
export function* aliasTurn(session: Session, line: Line): Iterable<EventDraft> {
  const alias = textOf(line.message.uuid);
  const { turn } = session;
  if (turn === null || turn.aliased || alias === undefined) return;
  turn.aliased = true;
  yield { ...session.head, type: "span.amended", on: turn.key, mark: "alias", alias };
}

/** A result closes the turn, and is one by itself where nothing came before it, as after a local command. */
export function* endTurn(session: Session, line: Line): Iterable<EventDraft> {
  const turn = yield* turnOf(session, line);
  yield* endCall(session, turn.lane);
  yield* forgetEndedAgents(session);
  yield* readCounter(session, turn, line);
  yield {
    ...session.head,
    type: "turn.ended",
    key: turn.key,
    ...inferredAt(turn.lane.latest),
    ...verdict(line.message, turn.interrupted),
    ...known({ native: without(line.message, saidElsewhere) }),
  };
  session.turn = null;
  session.denied.clear();
}

/** Agents that still run outlive the turn; what an ended one had to say late has been said by now. */
function* forgetEndedAgents(session: Session): Iterable<EventDraft> {
  for (const [name, agent] of session.agents) {
    if (!agent.ended) continue;
    yield* endCall(session, agent.lane);
    session.agents.delete(name);
  }
}

/** The counter that ends here is the turn's, but covers whatever ran since the result before. */
function* readCounter(session: Session, turn: Turn, line: Line): Iterable<EventDraft> {
  const { name, before, estimated } = session.counter;
  const aborted = textOf(line.message.terminal_reason)?.startsWith("aborted") ?? false;
  for (const [model, { usage, usd }] of usedSince(line.message, before)) {
    yield {
      ...session.head,
      type: "usage.reported",
      on: turn.key,
      mark: `${line.mark}:${model}`,
      basis: "total",
      meter: name,
      model,
      usage,
      final: !estimated && !aborted,
      ...known({ reportedUsd: usd }),
    };
  }
  session.counter = {
    name: meterSince(line.mark),
    before: cumulative(line.message, before),
    estimated: false,
  };
}

function verdict(
  message: ClaudeMessage,
  interrupted: boolean,
): Pick<DraftOf<"turn.ended">, "outcome" | "output" | "detail"> {
  const text = textOf(message.result);
  const failed = message.is_error ?? message.subtype !== "success";
  if (failed !== true) return { outcome: { status: "ok" }, ...known({ output: text }) };
  return { outcome: failure(message, interrupted), ...known({ detail: reason(message) ?? text }) };
}

function failure(message: ClaudeMessage, interrupted: boolean): Outcome {
  const ended = textOf(message.terminal_reason);
  if (interrupted || ended?.startsWith("aborted") === true) return { status: "cancelled" };
  const named = [ended, textOf(message.api_error_type), textOf(message.subtype)];
  return { status: "error", errorType: named.find(saysWhy) ?? "unknown" };
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

const saidElsewhere: ReadonlySet<string> = new Set([
  "type",
  "uuid",
  "session_id",
  "is_error",
  "result",
  "errors",
  "modelUsage",
  "model_usage_since_last_result",
]);
