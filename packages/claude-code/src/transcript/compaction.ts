import type { EventDraft } from "@spoor/core";
import { keep } from "../allowed.ts";
import { fieldsOf, numberOf, textOf } from "../narrow.ts";
import { endCompaction, startCompaction } from "../reduction/compaction.ts";
import type { Turn } from "../reduction/session.ts";
import { hearTurn } from "../reduction/turns.ts";
import { compactionFacts } from "./facts.ts";
import type { Line, TranscriptSession } from "./reading.ts";
import { missUsage } from "./uncounted.ts";

/** The summary was written by a call to the model that no line tells of. */
export function* compact(session: TranscriptSession, turn: Turn, line: Line): Iterable<EventDraft> {
  const { mark, ms, native } = line;
  const facts = fieldsOf(native.compactMetadata);
  const duration = numberOf(facts["durationMs"]);
  const start = ms === undefined || duration === undefined ? undefined : ms - duration;
  yield* missUsage(session, turn);
  yield* hearTurn(session, textOf(native.uuid));
  yield* startCompaction(session, turn, { mark, ms: start });
  yield* endCompaction(session, turn, line, {
    outcome: { status: "ok" },
    native: keep(facts, compactionFacts),
  });
}
