import { stepPlace } from "../../../../report/path/step-place.ts";
import type { Span, SpanKind } from "../../../../run-tree/span.ts";
import type { JsonObject, JsonValue } from "../../../../vocabulary/json.ts";

const drawn: ReadonlySet<SpanKind> = new Set(["agent", "task", "step"] as const);

/**
 * The two keys of metadata that Langfuse draws its graph from. A step of a graph whose framework told its place has them; other agents, tasks and
 * steps only where `isAsked`, and are then in the order in which they began.
 */
export function graphKeysOf(
  { kind, name, startedAt }: Span,
  native: JsonValue | undefined,
  isAsked: boolean,
): JsonObject {
  const place = kind === "step" ? stepPlace(native, name) : null;
  if (place !== null) return { langgraph_node: name, langgraph_step: place.superstep };
  if (!isAsked || !drawn.has(kind) || startedAt === null) return {};
  return { langgraph_node: name, langgraph_step: Math.floor(startedAt) };
}
