import type { Span } from "../../run-tree/span.ts";

/** Whether something came too late for a call to know of it: only clocks that were read can tell that. */
export function cameLater(at: number | null, { startedAt, inferred }: Span): boolean {
  return at !== null && startedAt !== null && !inferred.includes("startedAt") && at > startedAt;
}
