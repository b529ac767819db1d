import { join } from "node:path";
import type { Recorder } from "@spoor/core";
import { spoorCallbacks } from "@spoor/langgraph";
import type { Benchmark } from "../benchmark.ts";
import { forEach, sideBySide } from "../clock.ts";
import { closeComplete } from "../complete.ts";
import { type RecordedCallback, recordedCallbacks } from "../langgraph/recorded-callbacks.ts";
import { longRunningObserver } from "../long-running.ts";

const blocks = 30;

export const benchmark: Benchmark = {
  name: "spoorCallbacks, a callback of LangGraph.js",
  note: "The recorded callbacks of all scenarios, passed to the handler without LangChain around them, with ids of their own each time and saying something else: recording nowhere (handler and translator alone), to memory and to disk with redaction.",
  async run({ scratch }) {
    const memory = longRunningObserver({ journal: "memory" });
    const disk = longRunningObserver({ journal: { dir: join(scratch, "journal") } });
    const said = Array.from({ length: blocks }, (_, copy) => recordedCallbacks(copy));
    const spent = sideBySide(blocks, {
      nowhere: forEach(said, into({ emit: () => null })),
      memory: forEach(said, into(memory)),
      disk: forEach(said, into(disk)),
    });
    await closeComplete(memory);
    await closeComplete(disk);
    return [
      { name: "recording nowhere", value: spent.nowhere, unit: "µs/callback" },
      { name: "to memory", value: spent.memory, unit: "µs/callback" },
      { name: "to disk", value: spent.disk, unit: "µs/callback" },
    ];
  },
};

function into(observer: Recorder): (callback: RecordedCallback) => void {
  const handler: Readonly<Record<string, unknown>> = { ...spoorCallbacks(observer) };
  return ({ method, given }) => {
    const called = handler[method];
    if (typeof called !== "function") throw new Error(`expected a handler with ${method}`);
    called(...given);
  };
}
