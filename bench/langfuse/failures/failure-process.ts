import { setTimeout as pause } from "node:timers/promises";
import { langfusePeers } from "../langfuse-peers.ts";
import { startLangfuse } from "../server.ts";
import { texts } from "../../texts.ts";
import type { FailureOrder, Told } from "./failure.ts";
import { operationName } from "./way.ts";
import { ways } from "./ways.ts";

/** One scenario, met in one way, by an application in a process of its own. */
const patienceMs = 45_000;
const { scenario, way: name, scratch }: FailureOrder = JSON.parse(process.argv[2] ?? "{}");
const { version, suffers, outageMs = 0, operations, bytes } = scenario;

const langfuse = await startLangfuse(version);
const load = await langfusePeers.loader();
const way = await ways[name]({ load, langfuse, scratch });
if (outageMs > 0) await langfuse.down();
if (suffers) await langfuse.suffers(suffers);
const said = texts();
for (let operation = 0; operation < operations; operation += 1)
  way.record({ input: `operation ${operation}`, output: said(bytes) });
if (outageMs > 0) {
  await pause(outageMs);
  await langfuse.up();
}
// What it says of its end is its own; what has arrived is asked where it has to arrive.
await Promise.race([way.end().catch(String), pause(patienceMs)]);
const { rows } = await langfuse.received(operationName);
const told: Told = { delivered: rows / operations };
process.stdout.write(JSON.stringify(told));
langfuse.stop();
// Peers keep timers and sockets open.
process.exit(0);
