import type { Benchmark } from "../benchmark.ts";
import { emitBesideBaseline } from "../emit-beside-baseline.ts";
import { longRunningObserver } from "../long-running.ts";

export const benchmark: Benchmark = {
  name: "emit to memory, no new content",
  note: "The same loop into the bounded journal in memory. Baseline: `JSON.stringify` and a push.",
  run() {
    const lines: string[] = [];
    return emitBesideBaseline(
      longRunningObserver({ journal: "memory" }),
      (event) => lines.push(JSON.stringify(event)),
      {},
    );
  },
};
