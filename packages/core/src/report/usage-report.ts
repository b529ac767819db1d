import type { Span } from "../run-tree/span.ts";
import { addUsage, type Usage, unknownUsage } from "../vocabulary/usage.ts";
import type { UsageReport } from "./report.ts";

export function usageReport({
  input,
  cacheRead,
  cacheWrite,
  output,
  reasoning,
}: Usage): UsageReport {
  return { input, cacheRead, cacheWrite, output, reasoning };
}

/** Over the model calls among these spans. Skips what is unknown. */
export function usageOfCalls(spans: readonly Span[]): Usage {
  return sum(spans.flatMap(({ kind, usage }) => (kind === "model" && usage ? [usage] : [])));
}

/** What the counters of these activations show beyond the calls they cover; signed, null where nobody counted. */
export function unattributedOf(activations: readonly Span[]): Usage | null {
  const rests = activations.flatMap(({ unattributed }) => unattributed ?? []);
  return rests.length === 0 ? null : sum(rests);
}

/** Clamped, because here it is shown: a call in flight when its counter was read is a minus that the next turn makes good. */
export function unattributedReport(unattributed: Usage | null): UsageReport | null {
  if (!unattributed) return null;
  return {
    input: atLeastZero(unattributed.input),
    cacheRead: atLeastZero(unattributed.cacheRead),
    cacheWrite: atLeastZero(unattributed.cacheWrite),
    output: atLeastZero(unattributed.output),
    reasoning: atLeastZero(unattributed.reasoning),
  };
}

function atLeastZero(tokens: number | null): number | null {
  return tokens === null ? null : Math.max(0, tokens);
}

function sum(usages: readonly Usage[]): Usage {
  return usages.reduce(addUsage, unknownUsage);
}
