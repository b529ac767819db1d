import type { Span } from "../../run-tree/span.ts";
import type { SpanId } from "../../vocabulary/event.ts";

/**
 * Whose conversation something belongs to. What a tool call runs, such as a subagent, has a conversation of its own, which ends with it;
 * any other goes on from turn to turn, one for each agent.
 */
export interface Lane {
  readonly agent: string | null;
  /** The tool call that the conversation is held in; null: it is the turns' own. */
  readonly within: SpanId | null;
}

/** One object for each conversation, so that two spans are of one where their lanes are `===`. The spans come depth first, as in a view. */
export function lanesOf(spans: readonly Span[]): ReadonlyMap<SpanId, Lane> {
  const lanes = new Map<string, Lane>();
  const laneOf = new Map<SpanId, Lane>();
  const below = new Map<SpanId, SpanId>();
  for (const { spanId, parentSpanId, kind, agent } of spans) {
    const within = (parentSpanId !== null && below.get(parentSpanId)) || null;
    const tool = kind === "tool" ? spanId : within;
    if (tool !== null) below.set(spanId, tool);
    const name = JSON.stringify([within, agent]);
    const lane = lanes.get(name) ?? { agent, within };
    lanes.set(name, lane);
    laneOf.set(spanId, lane);
  }
  return laneOf;
}
