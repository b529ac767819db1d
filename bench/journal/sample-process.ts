import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setImmediate as turnOfOthers } from "node:timers/promises";
import { bytesIn } from "../bytes-in.ts";
import { stopwatch } from "../clock.ts";
import { quantile } from "../statistics.ts";
import { blocksOf, eventsInTurn, eventsOf, turnOf } from "../tool-loop.ts";
import type { Sample, SampleOrder } from "./sample.ts";
import type { Fact } from "./way.ts";
import { ways } from "./ways.ts";

const turnsAtHand = 20;

/** One way to write, in a process of its own: a sealer works whenever it likes, and is to be in nobody else's figures. */
const order: SampleOrder = JSON.parse(process.argv[2] ?? "{}");
const folder = join(order.scratch, "written");
mkdirSync(folder);
const way = ways[order.way](folder);
const turns = order.warmUpTurns + order.turns;

/** Some turns from the midst of a session, over and over: what a plain logger has at hand costs it nothing. */
const eventsAtHand = eventsOf(blocksOf("loop", 0, 2, turnsAtHand).flat()).slice(
  -turnsAtHand * eventsInTurn,
);
const writes: number[] = [];
const flushes: number[] = [];
const pauses: number[] = [];

await write(0, order.warmUpTurns);
await way.settled?.();
for (const times of [writes, flushes, pauses]) times.length = 0;
const watch = stopwatch();
await write(order.warmUpTurns, turns);
await way.close();
const spent = watch.spent();
way.check(turns * eventsInTurn);

const sample: Sample = {
  p50: quantile(writes, 0.5) * 1_000,
  p99: quantile(writes, 0.99) * 1_000,
  flush: way.turnEnded ? { p50: quantile(flushes, 0.5), p99: quantile(flushes, 0.99) } : null,
  longestPause: quantile(pauses, 1),
  spent: (spent * 1_000) / (order.turns * eventsInTurn),
  bytes: bytesIn(folder) / (turns * eventsInTurn),
};
process.stdout.write(`${JSON.stringify(sample)}\n`);

async function write(first: number, end: number): Promise<void> {
  for (let turn = first; turn < end; turn += 1) {
    for (const fact of factsOf(turn)) {
      const before = performance.now();
      const acknowledged = way.write(fact);
      if (acknowledged) await acknowledged;
      writes.push(performance.now() - before);
    }
    if (way.turnEnded) flushes.push(await timeOf(way.turnEnded()));
    pauses.push(await timeOf(turnOfOthers()));
  }
}

async function timeOf(waiting: Promise<unknown>): Promise<number> {
  const before = performance.now();
  await waiting;
  return performance.now() - before;
}

function factsOf(turn: number): readonly Fact[] {
  const first = (turn % turnsAtHand) * eventsInTurn;
  return turnOf("loop", turn).flatMap((draft, index) => {
    const event = eventsAtHand[first + index];
    return event ? [{ draft, event }] : [];
  });
}
