import type { Benchmark, Figure } from "../benchmark.ts";
import { langfusePeers } from "../langfuse/langfuse-peers.ts";
import { turns } from "../langfuse/long-session/app.ts";
import { heapMegabytes, hold, type Session } from "../langfuse/long-session/session.ts";
import type { WayName } from "../langfuse/long-session/ways.ts";

const megabyte = 1_000_000;

export const benchmark: Benchmark = {
  name: "Langfuse, a session of 500 turns",
  note: `A chain of LangChain with a model that answers at once: ${turns} turns, each sends the model all that was said before, questions and answers of 4 kB. Each way in a process of its own with \`--max-old-space-size=${heapMegabytes}\`, to a loopback Langfuse of version 4. Spoor has content on and sends to Langfuse and to a collector of OTLP at once, \`contextMode: auto\`, journal on disk; \`@langfuse/langchain\` 5.11.1 has the defaults of \`@langfuse/otel\`. Peak memory is that of the application's process, processor time that of all its threads until it has ended. Without latency of a model everything is recorded in a few seconds: that is the worst case for memory.`,
  prepare() {
    langfusePeers.install();
    return Promise.resolve();
  },
  async run({ scratch }) {
    const untraced = await hold({ way: "no tracing", scratch });
    const spoor = await hold({ way: "Spoor", scratch });
    const peer: WayName = "@langfuse/langchain";
    return [
      { name: "no tracing, peak memory", value: untraced.peak, unit: "MB" },
      { name: "no tracing, processor time", value: untraced.spent, unit: "s" },
      ...figuresOf("Spoor", spoor, untraced, true),
      { name: "Spoor, collector has", value: spoor.collected * 100, unit: "%" },
      {
        name: "Spoor, sent to both",
        value: (spoor.bytes.langfuse + spoor.bytes.collector) / megabyte,
        unit: "MB",
        target: { atMost: 10 },
      },
      ...(langfusePeers.areInstalled()
        ? figuresOf(peer, await hold({ way: peer, scratch }), untraced, false)
        : []),
    ];
  },
};

function figuresOf(
  way: WayName,
  { delivered, bytes, peak, held, spent }: Session,
  untraced: Session,
  isOurs: boolean,
): readonly Figure[] {
  const target = (reached: Figure["target"]): Pick<Figure, "target"> =>
    isOurs && reached ? { target: reached } : {};
  return [
    {
      name: `${way}, Langfuse has`,
      value: delivered * 100,
      unit: "%",
      ...target({ atLeast: 100 }),
    },
    { name: `${way}, sent to Langfuse`, value: bytes.langfuse / megabyte, unit: "MB" },
    {
      name: `${way}, peak memory ÷ no tracing`,
      value: peak / untraced.peak,
      unit: "×",
      ...target({ atMost: 1.5 }),
    },
    {
      name: `${way}, heap held at the end, beyond no tracing`,
      value: (held - untraced.held) / megabyte,
      unit: "MB",
    },
    { name: `${way}, processor time`, value: spent, unit: "s" },
  ];
}
