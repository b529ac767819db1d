import type { EventDraft, Key } from "@spoor/core";
import { keptContent } from "./content.ts";
import { kindOf } from "./native.ts";
import type { ClaudeMessage } from "./native.ts";
import { fieldsOf, known, numberOf, only, textOf, without } from "./narrow.ts";
import { at } from "./session.ts";
import type { Line, Session } from "./session.ts";

const head: ReadonlySet<string> = new Set(["type", "subtype", "uuid", "session_id"]);

/** A line that the vocabulary has no word for. */
export function* note(session: Session, line: Line): Iterable<EventDraft> {
  yield {
    ...session.head,
    type: "native.noted",
    on: session.turn?.key ?? null,
    mark: line.mark,
    ...at(line.ms),
    name: kindOf(line.message),
    ...known({ native: without(line.message, head) }),
  };
}

/** Words that the program has put into the model's mouth: an API error, or what a local command has to say. */
export const isSynthetic = (message: ClaudeMessage): boolean =>
  fieldsOf(message.message)["model"] === "<synthetic>";

export function* logSynthetic(session: Session, on: Key, line: Line): Iterable<EventDraft> {
  const { message } = line;
  const failed = message.is_api_error_message === true || textOf(message.error) !== undefined;
  yield {
    ...session.head,
    type: "log.written",
    on,
    mark: line.mark,
    ...at(line.ms),
    level: failed ? "error" : "info",
    content: keptContent(fieldsOf(message.message)["content"]),
    ...known({ native: only(message, errorFacts) }),
  };
}

const errorFacts: ReadonlySet<string> = new Set([
  "api_error",
  "api_error_status",
  "api_error_type",
  "error",
  "request_id",
]);

/**
 * The call in flight will be tried again. The line does not say whose it is: the turn's, unless there is only an agent to wait for it.
 * A connection that broke may have cost tokens that nobody counted.
 */
export function* failAttempt(session: Session, line: Line): Iterable<EventDraft> {
  const { message } = line;
  if (message.error_status === null) session.counter.estimated = true;
  yield {
    ...session.head,
    type: "attempt.failed",
    on: session.turn?.key ?? onlyAgent(session),
    mark: line.mark,
    errorType: attemptError(message),
    ...known({
      retryDelayMs: numberOf(message.retry_delay_ms),
      native: without(message, attemptHead),
    }),
  };
}

const attemptHead: ReadonlySet<string> = new Set([...head, "retry_delay_ms"]);

function onlyAgent(session: Session): Key | null {
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

/** The iterator threw with a turn still open. Nobody saw anything end, and this process will not tell. */
export function* logThrown(session: Session, line: Line): Iterable<EventDraft> {
  if (session.turn === null) return;
  yield {
    ...session.head,
    type: "log.written",
    on: session.turn.key,
    mark: line.mark,
    level: "error",
    content: thrownContent(line.message.thrown),
  };
}

function thrownContent(thrown: unknown): string {
  const { name, message } = fieldsOf(thrown);
  return textOf(message) ?? textOf(name) ?? "the stream threw";
}
