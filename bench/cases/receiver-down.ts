import { setTimeout as pause } from "node:timers/promises";
import { join } from "node:path";
import { createObserver } from "@spoor/core";
import { otel } from "@spoor/core/otel";
import type { Benchmark } from "../benchmark.ts";
import { startCollector } from "../collector.ts";
import { heapInUse } from "../heap.ts";

const operations = 10_000;
const outageMs = Number(process.env["SPOOR_OUTAGE_MS"] ?? 5_000);
const maxWaitingBytes = 4 * 1024 * 1024;
const megabyte = 1024 * 1024;

export const benchmark: Benchmark = {
  name: "receiver down",
  note: `${operations.toLocaleString("en")} tool calls in one burst while nothing listens, for 5 s (\`SPOOR_OUTAGE_MS=60000\` for a minute); then the receiver is back and answers 429 twice. \`maxWaitingBytes\` is 4 MiB; heap is what is still referred to while it is down, beside before the burst.`,
  async run({ scratch }) {
    const collector = await startCollector();
    const observer = createObserver({
      journal: { dir: join(scratch, "journal") },
      exporters: [otel({ url: collector.url, protocol: "http/json" })],
      maxWaitingBytes,
    });
    const said = { session: "bench", source: "api" } as const;
    const call = (key: string): void => {
      observer.emit({ ...said, type: "tool.started", key, parent: "turn", name: "search" });
      observer.emit({ ...said, type: "tool.ended", key, outcome: { status: "ok" } });
    };
    observer.emit({ ...said, type: "turn.started", key: "turn", name: "agent" });
    for (let warm = 0; warm < 1_000; warm += 1) call(`warm ${warm}`);
    await observer.flush();
    await collector.away();
    const before = heapInUse();
    for (let operation = 0; operation < operations; operation += 1) call(`call ${operation}`);
    await pause(outageMs);
    const held = heapInUse() - before;
    const { pending = 0, unread = 0 } = observer.health().exporters["otel"] ?? {};
    await collector.busy(2);
    await collector.back();
    const reports = await observer.flush({ timeoutMs: 120_000 });
    const { delivered = 0, maybeDuplicate = 0 } = reports["otel"] ?? {};
    const received = await collector.received();
    await observer.close();
    collector.stop();
    const due = operations + 1_000;
    if (delivered !== due)
      throw new Error(`expected ${due} to be delivered, received ${delivered}`);
    return [
      {
        name: "delivered",
        value: (received.distinct / due) * 100,
        unit: "%",
        target: { atLeast: 100 },
      },
      { name: "received twice", value: received.spans - received.distinct, unit: "spans" },
      { name: "counted as maybe twice", value: maybeDuplicate, unit: "spans" },
      { name: "waiting in memory while down", value: pending, unit: "spans" },
      { name: "waiting in the journal alone", value: unread, unit: "entries" },
      {
        name: "heap while down",
        value: held / megabyte,
        unit: "MB",
        target: { atMost: (maxWaitingBytes * 2) / megabyte },
      },
    ];
  },
};
