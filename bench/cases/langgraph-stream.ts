import type { Benchmark } from "../benchmark.ts";
import { turnCost } from "../langgraph/turn-cost.ts";

export const benchmark: Benchmark = turnCost("stream", {
  name: "a turn of LangGraph.js, streamed",
  note: 'The same agent with `streamMode: "messages"`: its model answers token by token, 880 callbacks a turn.',
});
