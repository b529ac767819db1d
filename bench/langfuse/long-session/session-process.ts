import { setTimeout as pause } from "node:timers/promises";
import { stopwatch } from "../../clock.ts";
import { startCollector } from "../../collector.ts";
import { heapInUse, peakMegabytes } from "../../heap.ts";
import { langfusePeers } from "../langfuse-peers.ts";
import { startLangfuse } from "../server.ts";
import { talk, turns } from "./app.ts";
import type { Session, SessionOrder } from "./session.ts";
import { ways } from "./ways.ts";

/** One conversation, watched in one way, in a process of its own. */
const patienceMs = 60_000;
/** Spoor's: the turn, the chain and the call. */
const spansInTurn = 3;
const order: SessionOrder = JSON.parse(process.argv[2] ?? "{}");
const load = await langfusePeers.loader();
const [langfuse, collector] = [await startLangfuse("4.16.0"), await startCollector()];
const { url } = collector;
const watch = stopwatch();
const make = await ways[order.way]();
const way = await make({ load, langfuse, collector: url, scratch: order.scratch });
await talk(load, way.callbacks);
const ended = way.end().catch((error: unknown) => console.error(String(error).slice(0, 200)));
await Promise.race([ended, pause(patienceMs)]);
const [spent, peak] = [watch.spent() / 1_000, peakMegabytes()];
const held = heapInUse();
const told = await langfuse.received("GENERATION");
const collected = await collector.received();
const session: Session = {
  delivered: told.rows / turns,
  collected: collected.distinct / (spansInTurn * turns),
  bytes: { langfuse: told.bytes, collector: collected.bytes },
  peak,
  held,
  spent,
};
process.stdout.write(`${JSON.stringify(session)}\n`);
langfuse.stop();
collector.stop();
// Peers keep timers and sockets open.
process.exit(0);
