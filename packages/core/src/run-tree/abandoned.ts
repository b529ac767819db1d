import type { Node } from "./node.ts";
import type { Span } from "./span.ts";

/** The latest time said on a span or under it; null: nobody told any. */
export function latestTimeOf(top: Node): number | null {
  let latest = Number.NEGATIVE_INFINITY;
  const waiting = [top];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    latest = Math.max(latest, node.latestSaid, node.latestLeft);
    for (const child of node.children) waiting.push(child);
  }
  return Number.isFinite(latest) ? latest : null;
}

/** What nobody was seen to end, and nobody will: that is a conclusion, and so is when it was over. */
export function abandonedSpan(span: Span, lastHeard: number | null): Span {
  const status = "abandoned";
  if (lastHeard === null) return { ...span, status };
  return { ...span, status, endedAt: lastHeard, inferred: [...span.inferred, "endedAt"] };
}
