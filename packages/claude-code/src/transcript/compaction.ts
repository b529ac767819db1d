import type { EventDraft } from "@spoor/core";
import { keep } from "../allowed.ts";
import { fieldsOf, numberOf, textOf } from "../narrow.ts";
import { compactionKey, endCompaction, startCompaction } from "../reduction/compaction.ts";
import type { Turn } from "../reduction/session.ts";
import { hearTurn, namePrompt, promptKey } from "../reduction/turns.ts";
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
  if (turn.unsummarised !== null) session.compactions.push(turn.unsummarised);
  yield* nameCompactions(session);
}

/** What hooks tell of a compaction, they tell of the prompt that it followed, which its own line does not name. */
function* nameCompactions(session: TranscriptSession): Iterable<EventDraft> {
  const { head, prompt, compactions } = session;
  if (prompt === undefined) return;
  for (const on of compactions.slice(session.namedCompactions)) {
    session.namedCompactions += 1;
    const alias = compactionKey(promptKey(prompt), session.namedCompactions);
    yield { ...head, type: "span.amended", on, mark: "prompt", alias };
  }
}

/** The prompt that the turn has in hooks, too. */
export function* tellPrompt(
  session: TranscriptSession,
  turn: Turn,
  prompt: string,
): Iterable<EventDraft> {
  session.prompt = prompt;
  yield* namePrompt(session, turn, prompt);
  yield* nameCompactions(session);
}
