import type { Span } from "../run-tree/span.ts";
import { type CostSoFar, joined, noCost } from "./cost-so-far.ts";

/** What has been seen of a session: from its first turn that was seen on. */
export interface SessionSoFar {
  readonly startedAt: number | null;
  readonly cost: CostSoFar;
}

/** `cost`: of the turn. */
export function sessionAfter(
  before: SessionSoFar | undefined,
  turn: Span,
  cost: CostSoFar,
): SessionSoFar {
  const startedAt = turn.inferred.includes("startedAt") ? null : turn.startedAt;
  return {
    startedAt: earlier(before?.startedAt ?? null, startedAt),
    cost: joined(before?.cost ?? noCost, cost),
  };
}

const earlier = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.min(one, other);
