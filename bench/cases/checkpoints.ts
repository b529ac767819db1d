import type { Benchmark, Figure } from "../benchmark.ts";
import { putCost } from "../checkpoints/put-cost.ts";

const lengths = [10, 100, 1_000];
/** How much more of it a thread of the greatest length may cost than one of the least. */
const flat = { atMost: 1.5 };

export const benchmark: Benchmark = {
  name: "auditCheckpointer, a `put` of a long thread",
  note: "Each `put` adds one message of 400 characters to a thread of so many, as a graph's step does. LangGraph's MemorySaver as it is and with a witness that records to disk; added: the witness alone, around a checkpointer that keeps nothing, because what MemorySaver takes varies by more than that. What is added must not grow with the thread.",
  async run({ scratch }) {
    const figures: Figure[] = [];
    const added: number[] = [];
    const bytes: number[] = [];
    for (const messages of lengths) {
      const cost = await putCost(messages, scratch);
      const of = `${messages.toLocaleString("en-US")} messages`;
      figures.push(
        { name: `${of}, MemorySaver`, value: cost.bare, unit: "µs/put" },
        { name: `${of}, with a witness`, value: cost.witnessed, unit: "µs/put" },
        { name: `${of}, added`, value: cost.added, unit: "µs/put" },
        { name: `${of}, in the journal`, value: cost.bytes, unit: "bytes/put" },
      );
      added.push(cost.added);
      bytes.push(cost.bytes);
    }
    return [
      ...figures,
      { name: "added, 1,000 against 10 messages", value: growth(added), unit: "×", target: flat },
      { name: "bytes, 1,000 against 10 messages", value: growth(bytes), unit: "×", target: flat },
    ];
  },
};

const growth = (values: readonly number[]): number => (values.at(-1) ?? 0) / (values[0] ?? 0);
