import type { EventDraft, Outcome } from "@spoor/core";
import { jsonOf, known, textOf } from "./narrow.ts";
import type { Line, Session, Turn } from "./session.ts";

/** The conversation is being summarised, by a call to the model that no line tells of. */
export function* startCompaction(session: Session, turn: Turn, line: Line): Iterable<EventDraft> {
  if (turn.compaction !== null) return;
  turn.compaction = `compaction@${line.mark}`;
  yield {
    ...session.head,
    type: "work.started",
    kind: "compaction",
    key: turn.compaction,
    name: "compaction",
    parent: turn.key,
  };
}

/** Done. A boundary that nothing announced is a compaction all the same. */
export function* endCompaction(session: Session, turn: Turn, line: Line): Iterable<EventDraft> {
  yield* startCompaction(session, turn, line);
  yield* end(session, turn, line, { status: "ok" });
}

export function* failCompaction(session: Session, turn: Turn, line: Line): Iterable<EventDraft> {
  yield* end(session, turn, line, { status: "error", errorType: "compaction_failed" });
}

function* end(session: Session, turn: Turn, line: Line, outcome: Outcome): Iterable<EventDraft> {
  if (turn.compaction === null) return;
  const { compact_metadata: facts, compact_error: error } = line.message;
  yield {
    ...session.head,
    type: "work.ended",
    key: turn.compaction,
    outcome,
    ...(facts === undefined ? {} : { native: jsonOf(facts) }),
    ...known({ detail: textOf(error) }),
  };
  turn.compaction = null;
}

/** Whether a system/status line tells that the compaction came to nothing. */
export const tellsFailedCompaction = ({ message }: Line): boolean =>
  textOf(message.compact_error) !== undefined ||
  (textOf(message.compact_result) ?? "success") !== "success";
