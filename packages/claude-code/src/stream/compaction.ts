import type { EventDraft } from "@spoor/core";
import { keep } from "../allowed.ts";
import { fieldsOf, textOf } from "../narrow.ts";
import { endCompaction, startCompaction } from "../reduction/compaction.ts";
import { hearTurn } from "../reduction/turns.ts";
import { compactionFacts } from "./facts.ts";
import type { Line, StreamSession } from "./reading.ts";
import { turnOf } from "./turns.ts";

/** A status line says that a compaction begins, or that it came to nothing; whatever else it says is only noted. */
export function* readStatus(session: StreamSession, line: Line): Iterable<EventDraft> {
  const { status, compact_error: error, compact_result: result } = line.message;
  if (status === "compacting") {
    yield* startCompaction(session, yield* turnOf(session, line), line);
    return;
  }
  const failed = textOf(error) !== undefined || (textOf(result) ?? "success") !== "success";
  if (session.turn === null || !failed) return;
  const outcome = { status: "error", errorType: "compaction_failed" } as const;
  yield* endCompaction(session, session.turn, line, { outcome, detail: textOf(error) });
}

/** A boundary that nothing announced is a compaction all the same. */
export function* readBoundary(session: StreamSession, line: Line): Iterable<EventDraft> {
  const turn = yield* turnOf(session, line);
  yield* hearTurn(session, textOf(line.message.uuid));
  yield* startCompaction(session, turn, line);
  const native = keep(fieldsOf(line.message.compact_metadata), compactionFacts);
  yield* endCompaction(session, turn, line, { outcome: { status: "ok" }, native });
}
