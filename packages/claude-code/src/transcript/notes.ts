import type { EventDraft, Key } from "@spoor/core";
import { fieldsOf, jsonOf, known, numberOf, textOf } from "../narrow.ts";
import * as marks from "../reduction/marks.ts";
import { noteFacts } from "./facts.ts";
import { kindOf } from "./native.ts";
import type { Line, TranscriptSession } from "./reading.ts";

/** A line that the vocabulary has no word for. */
export const note = (session: TranscriptSession, on: Key | null, line: Line): EventDraft =>
  marks.note(session, on, line, kindOf(line.native), noteFacts(line.native));

/** The call in flight will be tried again. */
export function readRetry(session: TranscriptSession, on: Key, line: Line): EventDraft {
  const { error, retryInMs, retryAttempt, maxRetries } = line.native;
  const { formatted, requestId, status } = fieldsOf(error);
  return marks.failAttempt(session, on, line, {
    errorType: lostConnection(line) ? "connection_error" : attemptError(numberOf(status)),
    retryDelayMs: numberOf(retryInMs),
    native: jsonOf(
      known({
        formatted: textOf(formatted),
        requestId: textOf(requestId),
        retryAttempt: numberOf(retryAttempt),
        maxRetries: numberOf(maxRetries),
      }),
    ),
  });
}

function attemptError(status: number | undefined): string {
  if (status === undefined) return "unknown";
  return named.get(status) ?? `http_${status}`;
}

/** In the words of the stream. */
const named: ReadonlyMap<number, string> = new Map([
  [401, "authentication_failed"],
  [429, "rate_limit"],
  [529, "overloaded"],
]);

/** What the answer had cost by then, nobody counted. */
export function lostConnection({ native }: Line): boolean {
  const { status, connection } = fieldsOf(native.error);
  return numberOf(status) === undefined && connection !== null && connection !== undefined;
}
