import { readFileSync } from "node:fs";
import { join } from "node:path";
import { observe } from "@spoor/claude-code";
import type { Recorder } from "@spoor/core";
import type { Benchmark } from "../benchmark.ts";
import { stopwatch } from "../clock.ts";
import { closeComplete } from "../complete.ts";
import { longRunningObserver } from "../long-running.ts";
import { median } from "../statistics.ts";

const fixtures = new URL("../../packages/claude-code/src/fixtures/", import.meta.url);
const scenarios = ["b-tool-loop", "c-parallel-tools", "e-subagent", "k-multi-turn"];
const blocks = 24;
const copiesInBlock = 20;

type Watch = (query: AsyncIterable<unknown>) => AsyncIterable<unknown>;

export const benchmark: Benchmark = {
  name: "observe, a message of a Claude Agent SDK stream",
  note: "A stand-in for `query()` that yields messages of four recorded sessions, with ids of their own each time, as fast as they are asked for: iterated bare, and observed, recording nowhere (the wrapper and the translator alone), to memory and to disk with redaction. What observing adds is the difference. A session has some 250 messages in 20 turns, a message two events, most with new content. No peer stands beside it: OpenInference's wrapper (0.3.1) looks at the first and the last message only and makes no spans of what is said in between.",
  async run({ scratch }) {
    const memory = longRunningObserver({ journal: "memory" });
    const disk = longRunningObserver({ journal: { dir: join(scratch, "journal") } });
    const watches: Readonly<Record<string, Watch>> = {
      bare: (query) => query,
      nowhere: through({ emit: () => null }),
      memory: through(memory),
      disk: through(disk),
    };
    const times: Record<string, number[]> = {};
    for (let block = 0; block < blocks; block += 1) {
      const queries = queriesOf(block);
      for (const [name, watch] of Object.entries(watches)) {
        const spent = await timed(queries, watch);
        if (block >= blocks / 3) (times[name] ??= []).push(spent);
      }
    }
    await closeComplete(memory);
    await closeComplete(disk);
    const [bare, nowhere, toMemory, toDisk] = ["bare", "nowhere", "memory", "disk"].map((name) =>
      median(times[name] ?? []),
    );
    return [
      { name: "bare iteration", value: bare ?? NaN, unit: "µs/message" },
      added("added by observe, recording nowhere", nowhere, bare),
      added("added by observe, to memory", toMemory, bare),
      added("added by observe, to disk", toDisk, bare),
    ];
  },
};

const added = (
  name: string,
  observed = NaN,
  bare = NaN,
): { readonly name: string; readonly value: number; readonly unit: string } => ({
  name,
  value: observed - bare,
  unit: "µs/message",
});

function through(observer: Recorder): Watch {
  return (query) => observe(query, observer);
}

/** Microseconds of processor time a message. */
async function timed(queries: readonly (readonly unknown[])[], watch: Watch): Promise<number> {
  let seen = 0;
  const clock = stopwatch();
  for (const messages of queries)
    for await (const message of watch(replay(messages))) if (message !== null) seen += 1;
  return (clock.spent() * 1_000) / seen;
}

async function* replay(messages: readonly unknown[]): AsyncGenerator<unknown, void> {
  for (const message of messages) yield message;
}

const recordings = scenarios.map((scenario) =>
  readFileSync(new URL(`${scenario}.native.ndjson`, fixtures), "utf8").trimEnd(),
);
const madeIds = /[0-9a-f]{8}(?=-[0-9a-f]{4}-[0-9a-f]{4})|\b(?:msg|toolu)_\w+/g;
const saidTexts = /"(?:text|content|result)":"/g;

const sessionHead = /"session_id":"([0-9a-f]{8})/;

/** Each recording as one session of a block, in which it goes on and on: with ids of its own each time, and saying something else. */
const queriesOf = (block: number): readonly (readonly unknown[])[] =>
  recordings.map((recording) => {
    const session = sessionHead.exec(recording)?.[1];
    return Array.from({ length: copiesInBlock }, (_, copy) => {
      const number = block * copiesInBlock + copy;
      return recording
        .replace(madeIds, (id) => {
          if (id.includes("_")) return `${id}${number}`;
          return shifted(id, id === session ? block : number);
        })
        .replace(saidTexts, (said) => `${said}${number} `)
        .split("\n")
        .map((line): unknown => JSON.parse(line));
    }).flat();
  });

const shifted = (head: string, number: number): string =>
  ((Number.parseInt(head, 16) + number * 7_919) >>> 0).toString(16).padStart(8, "0");
