import type { Benchmark, Figure } from "../benchmark.ts";
import { type Sample, takeSample } from "../journal/sample.ts";
import { type WayName, ways } from "../journal/ways.ts";

const names = Object.keys(ways) as readonly WayName[];
/** So many spans that the recorder has begun to forget, as in a process that has run for days. */
const warmUpTurns = 700;

export const benchmark: Benchmark = {
  name: "journal, an event",
  note: "The same events in each way, in a process each: an agent's loop of a call to a model and two tools, without new content, 82 events a turn, 1,000 turns (plain ways 500, appendFile 160) after 700 of warm-up. Plain ways are given the finished event, Spoor what an adapter says. p50 and p99: until the way says that it has the event. Events/s: processor time of all threads, until all is written, sealed and closed. `disk`: on the disk after each turn (`fdatasync`, `await observer.flush()`). `sealed`: with the sealer of `audit()` at its defaults, every second; before the measuring all is sealed, and afterwards everything is there and `verifyJournal` finds nothing. Longest wait: of a `setImmediate` between two turns, for the sealer or for the collector.",
  async run({ scratch }) {
    const samples = new Map<WayName, Sample>();
    for (const way of names) samples.set(way, await takeSample({ way, scratch, ...extentOf(way) }));
    return [
      ...[...samples].flatMap(([way, sample]) => figuresOf(way, sample)),
      ...ratios.map(([left, right]) => ratioOf(samples, left, right)),
    ];
  },
};

const ratios: readonly (readonly [WayName, WayName])[] = [
  ["hash chain", "writeSync"],
  ["Spoor, process", "writeSync"],
  ["Spoor, process", "hash chain"],
  ["Spoor, disk, sealed", "hash chain, disk"],
  ["Spoor, memory, sealed", "Spoor, memory"],
  ["Spoor, process, sealed", "Spoor, process"],
  ["Spoor, disk, sealed", "Spoor, disk"],
];

/** The others are as large as one of these. */
const sized: ReadonlySet<WayName> = new Set([
  "writeSync",
  "hash chain",
  "Spoor, process",
  "Spoor, process, sealed",
]);

/** Less where each event opens a file; so much that a second goes by, and a sealer comes to work, where there can be one. */
function extentOf(way: WayName): { readonly warmUpTurns: number; readonly turns: number } {
  if (way === "appendFile") return { warmUpTurns: 40, turns: 160 };
  return { warmUpTurns, turns: isOurs(way) ? 1_000 : 500 };
}

const isOurs = (way: WayName): boolean => way.startsWith("Spoor");

function figuresOf(way: WayName, sample: Sample): readonly Figure[] {
  const { p50, p99, flush, longestPause, spent, bytes } = sample;
  const isTarget = way === "Spoor, process";
  return [
    { name: `${way}, p50`, value: p50, unit: "µs", ...(isTarget && { target: { atMost: 15 } }) },
    { name: `${way}, p99`, value: p99, unit: "µs" },
    {
      name: way,
      value: 1_000_000 / spent,
      unit: "events/s",
      ...(isTarget && { target: { atLeast: 40_000 } }),
    },
    ...(flush
      ? [
          { name: `${way}, a turn is on the disk, p50`, value: flush.p50, unit: "ms" },
          { name: `${way}, a turn is on the disk, p99`, value: flush.p99, unit: "ms" },
        ]
      : []),
    ...(isOurs(way)
      ? [{ name: `${way}, longest wait between turns`, value: longestPause, unit: "ms" }]
      : []),
    ...(sized.has(way) ? [{ name: `${way}, size`, value: bytes, unit: "B/event" }] : []),
  ];
}

function ratioOf(samples: ReadonlyMap<WayName, Sample>, left: WayName, right: WayName): Figure {
  const spent = (way: WayName): number => samples.get(way)?.spent ?? NaN;
  return { name: `${left} ÷ ${right}, time`, value: spent(left) / spent(right), unit: "×" };
}
