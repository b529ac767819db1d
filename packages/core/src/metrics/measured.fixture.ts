import { exampleSpan } from "../otlp/encode/example-span.ts";
import type { SpanCost } from "../report/cost-report.ts";
import { statedUsd } from "../report/usd.ts";
import type { Span } from "../run-tree/span.ts";
import type { SpanId } from "../vocabulary/event.ts";
import type { Usage } from "../vocabulary/usage.ts";
import type { Measurement } from "./measurement.ts";

/** Times in tests count from here. */
export const dawn: number = Date.UTC(2026, 0, 1, 12);

export const usage = (input: number | null, output: number | null): Usage => ({
  input,
  cacheRead: null,
  cacheWrite: null,
  output,
  reasoning: null,
});

export const costing = (dollars: number): SpanCost => ({ usd: statedUsd(dollars), unpriced: 0 });
export const unpriced: SpanCost = { usd: null, unpriced: 1 };
export const free: SpanCost = { usd: null, unpriced: 0 };

/** A span by its id, under another, in the turn `turn`, one second long. */
export function spanOf(id: string, parent: string | null, known: Partial<Span> = {}): Span {
  return exampleSpan({
    spanId: id as SpanId,
    parentSpanId: parent as SpanId | null,
    turnSpanId: "turn" as SpanId,
    startedAt: dawn,
    endedAt: dawn + 1_000,
    ...known,
  });
}

/** What was measured, as `name{label="value"} value`, for tests to read. */
export function said(measurements: readonly Measurement[]): readonly string[] {
  return measurements.map(({ instrument, labels, value }) => {
    const pairs = labels.map(([name, text]) => `${name}=${text}`).join(" ");
    return `${instrument.name}${pairs === "" ? "" : ` {${pairs}}`} ${value}`;
  });
}

/** Of one instrument. */
export const saidOf = (name: string, measurements: readonly Measurement[]): readonly string[] =>
  said(measurements.filter(({ instrument }) => instrument.name === name));
