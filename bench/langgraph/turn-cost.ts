import type { Benchmark, Figure } from "../benchmark.ts";
import type { Mode } from "./agent.ts";
import { langGraphPeers } from "./langgraph-peers.ts";
import { type Sample, takeSample } from "./sample.ts";
import { ownWays, partsOfSpoor, type WayName, ways } from "./ways.ts";

const warmUp = 10;
const turns = 10;
/** What recording a turn of 154 callbacks may cost, journal on. */
const mostAddedMs = 2.5;

const floor: WayName = "awaited no-op";

/** What watching a turn of an agent costs, in one way and the other: a process each, round by round about. */
export function turnCost(mode: Mode, about: Pick<Benchmark, "name" | "note">): Benchmark {
  return {
    ...about,
    prepare() {
      langGraphPeers.install();
      return Promise.resolve();
    },
    async run({ scratch }) {
      const names = langGraphPeers.areInstalled()
        ? (Object.keys(ways) as readonly WayName[])
        : ownWays;
      const samples = new Map<WayName, Sample>();
      for (const way of names)
        samples.set(way, await takeSample({ way, mode, warmUp, turns, scratch }));
      const awaited = samples.get(floor)?.spent ?? NaN;
      return [...samples].flatMap(([way, sample]) => figuresOf(way, sample, awaited));
    },
  };
}

function figuresOf(way: WayName, sample: Sample, awaited: number): readonly Figure[] {
  const { spent, retained, sent, delivered } = sample;
  if (way === floor || way === "no handler")
    return [{ name: `${way}, the whole turn`, value: spent, unit: "ms/turn" }];
  const added: Figure = {
    name: `${way}, added to that`,
    value: spent - awaited,
    unit: "ms/turn",
    ...(way === "Spoor" ? { target: { atMost: mostAddedMs } } : {}),
  };
  if (partsOfSpoor.includes(way)) return [added];
  return [
    added,
    { name: `${way}, heap retained`, value: retained / 1_024, unit: "kB/turn" },
    ...(delivered === null
      ? []
      : [
          { name: `${way}, sent`, value: sent / 1_024, unit: "kB/turn" },
          { name: `${way}, delivered`, value: delivered * 100, unit: "%" },
        ]),
  ];
}
