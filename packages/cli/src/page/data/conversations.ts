import type { Span, SpanId } from "@spoor/core";

/**
 * Which calls go on from each other: those of one agent, and what a tool call runs by itself. A name for each, so that two spans are of
 * one conversation where their names are equal. The spans come depth first, as in a view.
 */
export interface Conversations {
  readonly nameOf: (span: Span) => string;
  /** It ends with the tool call that runs it, as a subagent does. */
  readonly isWithinTool: (spanId: SpanId) => boolean;
}

export function conversationsOf(spans: readonly Span[]): Conversations {
  const within = new Map<SpanId, SpanId>();
  for (const { spanId, parentSpanId, kind } of spans) {
    const tool = kind === "tool" ? spanId : parentSpanId && within.get(parentSpanId);
    if (tool) within.set(spanId, tool);
  }
  return {
    nameOf: ({ spanId, agent }) => JSON.stringify([within.get(spanId) ?? null, agent]),
    isWithinTool: (spanId) => within.has(spanId),
  };
}
