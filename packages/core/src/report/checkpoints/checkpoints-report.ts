import type { ContentReader } from "../../journal/content.ts";
import type { SessionView } from "../../run-tree/run-tree.ts";
import type { SpanId } from "../../vocabulary/event.ts";
import { isoTime } from "../iso-time.ts";
import type { TurnReport } from "../report.ts";
import { turnsIn } from "../turn.ts";
import { checkpointFacts } from "./checkpoint-facts.ts";
import type { Happening } from "./happening.ts";
import { happeningsIn } from "./happenings.ts";

/** What a checkpointer was asked to do: `spoor show --checkpoints --json`. Fields are added, their meanings never change. */
export interface CheckpointsReport {
  readonly session: string;
  /** The only turn that it is about, from 0; null: about all of them. */
  readonly turn: number | null;
  /** Those in which a checkpointer did anything. */
  readonly turns: readonly TurnCheckpoints[];
  /** In no turn that is known: an update by hand, what was deleted. */
  readonly outside: readonly Happening[];
}

export interface TurnCheckpoints extends Pick<TurnReport, "index" | "status" | "startedAt"> {
  readonly turnId: SpanId;
  readonly name: string;
  /** In the order in which it was told. */
  readonly happenings: readonly Happening[];
}

/** Pure: what it says follows from the view and from what the content reader still has. Null: the session has no such turn. */
export function checkpointsReport(
  view: SessionView,
  content: ContentReader,
  { turn }: { readonly turn?: number | undefined } = {},
): CheckpointsReport | null {
  const turns = turnsIn(view.spans);
  if (turn !== undefined && !turns[turn]) return null;
  const facts = checkpointFacts(view, turns);
  const told = Map.groupBy(happeningsIn(view.id, facts, content), (each) => each.turn);
  return {
    session: view.id,
    turn: turn ?? null,
    turns: turns.flatMap(({ id, first, last }, index): readonly TurnCheckpoints[] => {
      const happenings = told.get(index) ?? [];
      if (happenings.length === 0 || (turn !== undefined && turn !== index)) return [];
      const startedAt = isoTime(first.startedAt);
      return [{ index, turnId: id, name: first.name, status: last.status, startedAt, happenings }];
    }),
    outside: turn === undefined ? (told.get(null) ?? []) : [],
  };
}
