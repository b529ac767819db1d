import type { Benchmark, Figure } from "../benchmark.ts";
import { meet } from "../langfuse/failures/failure.ts";
import { type Scenario, scenarios } from "../langfuse/failures/scenarios.ts";
import type { WayName } from "../langfuse/failures/ways.ts";
import { langfusePeers } from "../langfuse/langfuse-peers.ts";

const all: readonly WayName[] = ["Spoor", "@langfuse/otel", "langfuse"];

export const benchmark: Benchmark = {
  name: "Langfuse, when something fails",
  note: "What a loopback Langfuse has of the operations of an application that ends as its SDK's documentation says: Spoor with nothing but the three variables, closed with 30 s to deliver in, `@langfuse/otel` 5.11.1 with its defaults, `langfuse` 3.39.2 with its defaults; each in a process of its own, those of a scenario at the same time. The server keeps the rules of Langfuse's own and is one of version 3, which takes what each of them sends, but in the last scenario. 413 comes from a proxy with nginx's limit of 1 MB; the 60 operations there have 100 kB each.",
  prepare() {
    langfusePeers.install();
    return Promise.resolve();
  },
  async run({ scratch }) {
    const ways = langfusePeers.areInstalled() ? all : all.slice(0, 1);
    const meetIn = async (scenario: Scenario, way: WayName): Promise<Figure> => {
      const { delivered } = await meet({ scenario, way, scratch });
      return {
        name: `${scenario.name}, ${way}`,
        value: delivered * 100,
        unit: "%",
        ...(way === "Spoor" ? { target: { atLeast: 100 } } : {}),
      };
    };
    const meetAll = (scenario: Scenario): Promise<readonly Figure[]> =>
      Promise.all(ways.map((way) => meetIn(scenario, way)));
    const [waiting, busy] = [scenarios.filter(isWaiting), scenarios.filter(isBusy)];
    const underWay = Promise.all(waiting.map(meetAll));
    const figures: Figure[] = [];
    for (const scenario of busy) figures.push(...(await meetAll(scenario)));
    return [...figures, ...(await underWay).flat()];
  },
};

/** Its applications do nothing most of the time: they are met beside the others. */
const isWaiting = ({ outageMs = 0 }: Scenario): boolean => outageMs > 0;
const isBusy = (scenario: Scenario): boolean => !isWaiting(scenario);
