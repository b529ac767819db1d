import type { EventDraft, JsonValue, Key, Outcome } from "@spoor/core";
import { known } from "../narrow.ts";
import { at, inferredAt } from "./session.ts";
import type { Moment, Session, Turn } from "./session.ts";

const keyAt = (mark: string): string => `compaction@${mark}`;

/** As hooks call the compactions of a turn, which to them is nameless otherwise; `count` is one for the first. */
export const compactionKey = (turn: Key, count: number): Key =>
  count === 1 ? keyAt(turn) : `${keyAt(turn)}#${count}`;

/** The conversation is being summarised, by a call to the model that no line tells of. */
export function* startCompaction(
  session: Session,
  turn: Turn,
  { mark, ms }: Moment,
): Iterable<EventDraft> {
  if (turn.compaction !== null) return;
  turn.compaction = keyAt(mark);
  yield {
    ...session.head,
    type: "work.started",
    kind: "compaction",
    key: turn.compaction,
    name: "compaction",
    parent: turn.key,
    ...inferredAt(ms),
  };
}

export interface Compacted {
  readonly outcome: Outcome;
  readonly native?: JsonValue | undefined;
  readonly detail?: string | undefined;
}

/** Done, or come to nothing. The line that says that it is done is in every source, so it is the compaction's other name. */
export function* endCompaction(
  session: Session,
  turn: Turn,
  { mark, ms }: Moment,
  { outcome, ...facts }: Compacted,
): Iterable<EventDraft> {
  const { compaction } = turn;
  if (compaction === null) return;
  const alias = keyAt(mark);
  if (outcome.status === "ok" && alias !== compaction) {
    yield { ...session.head, type: "span.amended", on: compaction, mark: "alias", alias };
  }
  yield {
    ...session.head,
    type: "work.ended",
    key: compaction,
    outcome,
    ...at(ms),
    ...known(facts),
  };
  if (outcome.status === "ok") turn.unsummarised = compaction;
  turn.compaction = null;
}

/** What the conversation goes on from is what the program says next in the user's name. */
export function* tellSummary(
  session: Session,
  turn: Turn,
  summary: JsonValue,
): Iterable<EventDraft> {
  const { unsummarised: on } = turn;
  if (on === null) return;
  turn.unsummarised = null;
  yield { ...session.head, type: "span.amended", on, mark: "summary", output: summary };
}
