import type { Span } from "../run-tree/span.ts";
import type { SpanId } from "../vocabulary/event.ts";

const lanes: ReadonlySet<Span["kind"]> = new Set<Span["kind"]>([
  "turn",
  "workflow",
  "agent",
  "task",
  "tool",
]);

/**
 * By model call, the tools whose results it is the first to act on: those that stand between the call before and this one, in the same turn,
 * agent or workflow. Several at once share it under their joined names (`Bash + Read`), because nothing says how. A call that acts on no result
 * is its cause's, where that is a tool, else the nearest tool's above it (the one that started the agent); one that acts on the user's words is
 * nobody's, and has no entry.
 */
export function toolsActedOn(spans: readonly Span[]): ReadonlyMap<SpanId, string> {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const results = new Map<SpanId | null, Set<string>>();
  const actedOn = new Map<SpanId, string>();
  for (const span of spans) {
    if (span.kind !== "model" && span.kind !== "tool") continue;
    const lane = above(span, byId, ({ kind }) => lanes.has(kind))?.spanId ?? null;
    const known = results.get(lane) ?? new Set();
    results.set(lane, known);
    if (span.kind === "tool") {
      known.add(span.name);
      continue;
    }
    const tools = known.size > 0 ? [...known].toSorted().join(" + ") : causeOf(span, byId);
    if (tools !== null) actedOn.set(span.spanId, tools);
    known.clear();
  }
  return actedOn;
}

function causeOf(call: Span, byId: ReadonlyMap<SpanId, Span>): string | null {
  const cause = call.causedBy === null ? undefined : byId.get(call.causedBy);
  if (cause?.kind === "tool") return cause.name;
  return above(call, byId, ({ kind }) => kind === "tool")?.name ?? null;
}

function above(
  span: Span,
  byId: ReadonlyMap<SpanId, Span>,
  is: (span: Span) => boolean,
): Span | null {
  const seen = new Set<SpanId>();
  let at = span.parentSpanId;
  while (at !== null && !seen.has(at)) {
    seen.add(at);
    const parent = byId.get(at);
    if (!parent) return null;
    if (is(parent)) return parent;
    at = parent.parentSpanId;
  }
  return null;
}
