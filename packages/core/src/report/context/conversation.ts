import type { ContentReader } from "../../journal/content.ts";
import type { SessionView } from "../../run-tree/run-tree.ts";
import type { Span } from "../../run-tree/span.ts";
import type { SpanId } from "../../vocabulary/event.ts";
import { turnsIn } from "../turn.ts";
import { cameLater } from "./came-later.ts";
import { type Step, stepsByLane } from "./lane-steps.ts";
import { lanesOf } from "./lanes.ts";
import type { Saying } from "./saying.ts";

/** What is known to have been said in a conversation before a model call. */
export interface Conversation {
  readonly since: Beginning;
  readonly sayings: readonly Saying[];
}

/** Where it begins: with the session, with the agent that a tool call ran, or with what a compaction left. */
export interface Beginning {
  readonly what: "session" | "agent" | "compaction";
  readonly turn: number;
  readonly spanId: SpanId | null;
}

/**
 * The conversations of a session, put together from what went in and came out: for sources that do not tell what a model was sent. What
 * was asked and nobody recorded has a place in it and no words.
 */
export function conversationsIn(
  view: SessionView,
  content: ContentReader,
): (call: Span) => Conversation {
  const laneOf = lanesOf(view.spans);
  const steps = stepsByLane(turnsIn(view.spans), laneOf, content);
  return (call) => {
    const lane = laneOf.get(call.spanId);
    const before = stepsBefore(call, (lane && steps.get(lane)) ?? []);
    const last = before.findLastIndex(({ what }) => what === "compacted");
    const sayings = before
      .slice(last + 1)
      .flatMap((step) => (step.what === "said" && !cameLater(step.at, call) ? [step.saying] : []));
    return { since: beginningOf(before[last], sayings, lane?.within ?? null), sayings };
  };
}

function stepsBefore({ spanId }: Span, steps: readonly Step[]): readonly Step[] {
  const end = steps.findIndex((step) => step.what === "called" && step.spanId === spanId);
  return steps.slice(0, Math.max(0, end));
}

function beginningOf(
  compaction: Step | undefined,
  [first]: readonly Saying[],
  within: SpanId | null,
): Beginning {
  if (compaction?.what === "compacted")
    return { what: "compaction", turn: compaction.turn, spanId: compaction.spanId };
  if (within === null) return { what: "session", turn: 0, spanId: null };
  return { what: "agent", turn: first?.turn ?? 0, spanId: within };
}
