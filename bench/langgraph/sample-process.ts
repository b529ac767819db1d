import { stopwatch } from "../clock.ts";
import type { Answer } from "../collector-process.ts";
import { startCollector } from "../collector.ts";
import { heapInUse } from "../heap.ts";
import { scriptedAgent } from "./agent.ts";
import { langGraphFrom } from "./libraries.ts";
import { langGraphPeers } from "./langgraph-peers.ts";
import type { Sample, SampleOrder } from "./sample.ts";
import { ways } from "./ways.ts";

/** One sample in a process of its own: so many turns of the agent, watched in one way. */
const quietMs = 50;
const order: SampleOrder = JSON.parse(process.argv[2] ?? "{}");
const load = await langGraphPeers.loader();
const ask = scriptedAgent(await langGraphFrom(load), order.mode);
const collector = await startCollector();
const { origin } = new URL(collector.url);
const way = await (await ways[order.way]())({ load, origin, scratch: order.scratch });

let asked = 0;
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) {
    await ask(asked, way.callbacks());
    asked += 1;
  }
  await way.flush();
}

/** What has arrived once nothing more comes: a flush may resolve while its last requests are under way. */
async function arrived(): Promise<Answer> {
  let answer = await collector.received();
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, quietMs));
    const again = await collector.received();
    if (again.bytes === answer.bytes) return again;
    answer = again;
  }
}

await turns(1);
const perTurn = (await arrived()).distinct;
await turns(order.warmUp - 1);
const before = await arrived();
const heap = heapInUse();
const watch = stopwatch();
await turns(order.turns);
const spent = watch.spent() / order.turns;
const elapsed = watch.elapsed() / order.turns;
const retained = (heapInUse() - heap) / order.turns;
const after = await arrived();
await way.close?.();

const sample: Sample = {
  spent,
  elapsed,
  retained,
  sent: (after.bytes - before.bytes) / order.turns,
  delivered: (after.distinct - before.distinct) / (order.turns * perTurn),
  spans: perTurn,
};
process.stdout.write(JSON.stringify(sample));
collector.stop();
// Peers keep timers and sockets open.
process.exit(0);
