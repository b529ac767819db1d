import type { Benchmark, Figure } from "../benchmark.ts";
import { takeBurst } from "../langgraph/burst.ts";
import { langGraphPeers } from "../langgraph/langgraph-peers.ts";
import type { WayName } from "../langgraph/ways.ts";

const requests = 20;
const compared: readonly WayName[] = ["Spoor, sending", "Langfuse", "OpenInference", "OpenLLMetry"];

export const benchmark: Benchmark = {
  name: "20 graphs of LangGraph.js started in one tick",
  note: "Each under an OpenTelemetry span of its own, as requests to a server are: of how many all spans are in the trace of their request, and of how many the graph is the one span right beneath it. LangSmith's tracer makes traces of its own and is not compared. Needs the peers.",
  prepare() {
    langGraphPeers.install();
    return Promise.resolve();
  },
  async run({ scratch }) {
    if (!langGraphPeers.areInstalled()) return [];
    const figures: Figure[] = [];
    for (const way of compared) {
      const { inTheirTrace, asOneTree } = await takeBurst({ way, requests, scratch });
      const target = way.startsWith("Spoor") ? { target: { atLeast: requests } } : {};
      const name = way.replace(", sending", "");
      figures.push(
        { name: `${name}, in the right trace`, value: inTheirTrace, unit: "of 20", ...target },
        { name: `${name}, as one tree`, value: asOneTree, unit: "of 20", ...target },
      );
    }
    return figures;
  },
};
