import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Benchmark } from "../benchmark.ts";
import { emitBesideBaseline } from "../emit-beside-baseline.ts";
import { longRunningObserver } from "../long-running.ts";

export const benchmark: Benchmark = {
  name: "emit to disk, no new content",
  note: "Acknowledged against SIGKILL. An agent's loop: model calls with an unchanged context of 100 messages, two tools each, usage, checkpoints. Baseline: `JSON.stringify` and one `writeSync` for each of the same events.",
  async run({ scratch }) {
    const fd = openSync(join(scratch, "baseline.ndjson"), "a");
    const figures = await emitBesideBaseline(
      longRunningObserver({ journal: { dir: join(scratch, "journal") } }),
      (event) => writeSync(fd, `${JSON.stringify(event)}\n`),
      { p50: { atMost: 15 }, rate: { atLeast: 40_000 } },
    );
    closeSync(fd);
    return figures;
  },
};
