import { performance } from "node:perf_hooks";
import type { AgentEvent, Observer } from "@spoor/core";
import type { Figure, Target } from "./benchmark.ts";
import { stopwatch } from "./clock.ts";
import { closeComplete } from "./complete.ts";
import { median, quantile } from "./statistics.ts";
import { blocksOf, eventsOf } from "./tool-loop.ts";

const warmUpBlocks = 10;
const measuredBlocks = 25;
const turnsInBlock = 20;

/** Times every emit of the tool loop and, block by block beside it, what one would do by hand with events of the same size. */
export async function emitBesideBaseline(
  observer: Observer,
  baseline: (event: AgentEvent) => void,
  targets: { readonly p50?: Target; readonly rate?: Target },
): Promise<readonly Figure[]> {
  const events = eventsOf(blocksOf("baseline", 0, 1, turnsInBlock).flat());
  const latencies: number[] = [];
  const emitRates: number[] = [];
  const baselineRates: number[] = [];
  const blocks = blocksOf("loop", 0, warmUpBlocks + measuredBlocks, turnsInBlock);
  for (const [index, drafts] of blocks.entries()) {
    const emitting = stopwatch();
    const times = drafts.map((draft) => {
      const before = performance.now();
      observer.emit(draft);
      return (performance.now() - before) * 1_000;
    });
    const emitted = emitting.spent();
    const writing = stopwatch();
    for (const event of events) baseline(event);
    const written = writing.spent();
    if (index < warmUpBlocks) continue;
    latencies.push(...times);
    emitRates.push((drafts.length / emitted) * 1_000);
    baselineRates.push((events.length / written) * 1_000);
  }
  await closeComplete(observer);
  const rate = median(emitRates);
  const baselineRate = median(baselineRates);
  return [
    {
      name: "emit, p50",
      value: quantile(latencies, 0.5),
      unit: "µs",
      ...(targets.p50 && { target: targets.p50 }),
    },
    { name: "emit, p99", value: quantile(latencies, 0.99), unit: "µs" },
    { name: "emit", value: rate, unit: "events/s", ...(targets.rate && { target: targets.rate }) },
    { name: "baseline", value: baselineRate, unit: "events/s" },
    { name: "emit ÷ baseline, time", value: baselineRate / rate, unit: "×" },
  ];
}
