import type { Benchmark } from "../benchmark.ts";
import { turnCost } from "../langgraph/turn-cost.ts";

export const benchmark: Benchmark = turnCost("invoke", {
  name: "a turn of LangGraph.js, invoked",
  note: '`createReactAgent` with a scripted model: ten tool calls and an answer, 21 supersteps, 154 callbacks, five turns a thread. Each way in a process of its own, set up as its documentation says, sending included where it sends; processor time. Spoor: journal on disk, default redaction, nothing sent; before it what that is made of, each row with one thing more: the handler alone (callbacks to drafts, recorded nowhere), events in memory without redaction, the same redacted; "sending": the journal on disk, and all content over OTLP, gzipped, as its peers send theirs (not gzipped but by LangSmith). What LangChain itself spends as soon as any handler is there is the difference between "no handler" and "awaited no-op".',
});
