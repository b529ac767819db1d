import { join } from "node:path";
import { createObserver, type FullContext, type Observer } from "@spoor/core";
import type { Benchmark } from "../benchmark.ts";
import { stopwatch } from "../clock.ts";
import { closeComplete } from "../complete.ts";
import { median } from "../statistics.ts";
import { messages } from "../tool-loop.ts";

const warmUpCalls = 10;
const measuredCalls = 30;

export const benchmark: Benchmark = {
  name: "context of 700 messages sent again",
  note: "4 kB a message, nothing new in it. Identical: the same message objects. Fresh: equal copies, which have to be serialised and hashed to be known again.",
  async run({ scratch }) {
    const observer = createObserver({ journal: { dir: join(scratch, "journal") } });
    const sent = messages(700, 4_096);
    const identical = milliseconds(observer, "identical", () => sent);
    const fresh = milliseconds(observer, "fresh", () => structuredClone(sent));
    await closeComplete(observer);
    return [
      { name: "identical objects", value: identical, unit: "ms/call" },
      { name: "fresh objects", value: fresh, unit: "ms/call" },
      { name: "fresh ÷ identical", value: fresh / identical, unit: "×" },
    ];
  },
};

function milliseconds(
  observer: Observer,
  session: string,
  next: () => FullContext["messages"],
): number {
  const times = Array.from({ length: warmUpCalls + measuredCalls }, (_, call) => {
    const context = { messages: next() };
    const watch = stopwatch();
    observer.emit({
      type: "model.started",
      session,
      source: "callback",
      key: `call-${call}`,
      name: "model",
      context,
    });
    return watch.spent();
  });
  return median(times.slice(warmUpCalls));
}
