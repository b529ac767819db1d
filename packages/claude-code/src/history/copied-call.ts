import { fieldsOf, textOf } from "../narrow.ts";
import type { TranscriptLine } from "../transcript/native.ts";

/**
 * A fork's file repeats lines of the session that it has left, under the fork's name. Newer versions say on each of the model's lines which session
 * made the call; on one that does not it is filled in here, where `sessionOf` knows the call of another session. Null: it knows no such call.
 */
export function withCaller(
  line: TranscriptLine,
  sessionOf: (call: string) => string | null,
): TranscriptLine {
  if (line.type !== "assistant" || line.requestSessionId !== undefined) return line;
  const call = textOf(fieldsOf(line.message)["id"]);
  const session = call === undefined ? null : sessionOf(call);
  return session === null || session === line.sessionId
    ? line
    : { ...line, requestSessionId: session };
}
