import type { EventDraft } from "@spoor/core";
import { unknownUsage } from "@spoor/core";
import { known } from "../narrow.ts";
import type { Turn } from "../reduction/session.ts";
import type { TranscriptSession } from "./reading.ts";

/**
 * Something was used of which no line of a transcript tells how much: a total that is not known says that the sum of the calls is not all. It
 * is what the turn's counter would have shown, so a source that reads the counter knows better.
 */
export function* missUsage(session: TranscriptSession, turn: Turn): Iterable<EventDraft> {
  if (turn.uncounted) return;
  turn.uncounted = true;
  yield {
    ...session.head,
    type: "usage.reported",
    on: turn.key,
    mark: "uncounted",
    basis: "total",
    meter: turn.meter,
    usage: unknownUsage,
    final: false,
    ...known({ model: turn.lane.call?.model ?? session.model }),
  };
}
