import type { TraceId } from "../vocabulary/event.ts";
import type { Node } from "./node.ts";
import { activationOf } from "./turns.ts";

/**
 * Whether the carrier that a trace came with says that it is not sampled: the same for all spans of an activation, and in every process that the
 * trace came to. A trace that began here is sampled.
 */
export function isUnsampled(node: Node, traceId: TraceId): boolean {
  const carrier = (activationOf(node) ?? topOf(node)).carrier();
  return carrier?.traceId === traceId && !carrier.sampled;
}

function topOf(node: Node): Node {
  let top = node;
  while (top.parent) top = top.parent;
  return top;
}
