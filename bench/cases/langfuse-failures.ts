import type { Benchmark } from "../benchmark.ts";
import { meet } from "../langfuse/failures/failure.ts";
import { scenarios } from "../langfuse/failures/scenarios.ts";
import type { WayName } from "../langfuse/failures/ways.ts";
import { langfusePeers } from "../langfuse/langfuse-peers.ts";

const all: readonly WayName[] = ["Spoor", "@langfuse/otel", "langfuse"];

export const benchmark: Benchmark = {
  name: "Langfuse, when something fails",
  note: "What a loopback Langfuse has of the operations of an application that ends as its SDK's documentation says: Spoor with nothing but the three variables, closed with 30 s to deliver in, `@langfuse/otel` 5.11.1 with its defaults, `langfuse` 3.39.2 with its defaults; each in a process of its own. The server keeps the rules of Langfuse's own and is one of version 3, which takes what each of them sends, but in the last scenario. 413 comes from a proxy with nginx's limit of 1 MB; the 60 operations there have 100 kB each.",
  prepare() {
    langfusePeers.install();
    return Promise.resolve();
  },
  run({ scratch }) {
    const ways = langfusePeers.areInstalled() ? all : all.slice(0, 1);
    return Promise.resolve(
      scenarios.flatMap((scenario) =>
        ways.map((way) => ({
          name: `${scenario.name}, ${way}`,
          value: meet({ scenario, way, scratch }).delivered * 100,
          unit: "%",
          ...(way === "Spoor" ? { target: { atLeast: 100 } } : {}),
        })),
      ),
    );
  },
};
