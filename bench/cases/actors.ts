import { actorsPeers } from "../actors/actors-peers.ts";
import { installBroker, startBroker } from "../actors/brokers.ts";
import { type ExchangeName, type Sample, takeSample } from "../actors/sample.ts";
import type { Benchmark, Figure } from "../benchmark.ts";

/** What stands beside us on each way that a message can go. */
const ways: readonly { readonly exchange: ExchangeName; readonly peer: string }[] = [
  { exchange: "in process", peer: "OpenTelemetry by hand" },
  { exchange: "BullMQ", peer: "bullmq-otel" },
  { exchange: "amqplib", peer: "its instrumentation" },
];
/** How many messages make a conversation, and how many at least. */
const [usual, alone] = [100, 1];

export const benchmark: Benchmark = {
  name: "a message between actors, sent and handled",
  note: "4,000 messages of 230 bytes after 2,000 to warm up, 100 on their way at a time and 100 in a conversation; sender and handler in one process, each way a process of its own; processor time of that process, bytes that the sender gives to the queue. In process: JSON text and no broker. BullMQ 6.7 over Redis 7.4, amqplib 2.3 over RabbitMQ 3.10: real ones on loopback, as the interoperability tests take them; where one cannot be had, nothing of it is measured. Spoor: the envelope as JSON, recorded to disk with its payload and the default redaction: a turn for each message, because all are sent outside of a handler, and the agent's work on it, 6 events. Peers: one span for each message sent and one for each handled, W3C propagation, the SDK's batches, an exporter that counts spans and drops them, so no payload, no redaction, no encoding and no disk. OpenTelemetry by hand: its API around sending and handling; bullmq-otel 2.0: BullMQ's own telemetry; its instrumentation: `@opentelemetry/instrumentation-amqplib` 0.70. Needs the peers.",
  async prepare() {
    actorsPeers.install();
    await installBroker("redis");
    await installBroker("rabbitmq");
  },
  async run({ scratch }) {
    if (!actorsPeers.areInstalled()) return [];
    const figures: Figure[] = [];
    for (const { exchange, peer } of ways) {
      const broker = await startBroker(exchange, scratch);
      if (!broker) continue;
      const { address } = broker;
      try {
        const at = { exchange, address, together: usual, scratch };
        const bare = await takeSample({ ...at, tracing: "nobody" });
        const ours = await takeSample({ ...at, tracing: "Spoor" });
        const theirs = await takeSample({ ...at, tracing: "OpenTelemetry" });
        figures.push(...figuresOf(exchange, peer, { bare, ours, theirs }));
        if (exchange !== "in process") continue;
        const lonely = await takeSample({ ...at, tracing: "Spoor", together: alone });
        figures.push({
          name: "in process, added by Spoor, a conversation each",
          value: lonely.spent - bare.spent,
          unit: "µs/message",
        });
      } finally {
        await broker.stop();
      }
    }
    return figures;
  },
};

function figuresOf(
  exchange: ExchangeName,
  peer: string,
  { bare, ours, theirs }: Readonly<Record<"bare" | "ours" | "theirs", Sample>>,
): readonly Figure[] {
  const [added, addedByPeer] = [ours.spent - bare.spent, theirs.spent - bare.spent];
  const [time, size] = ["µs/message", "B/message"];
  return [
    { name: `${exchange}, untraced`, value: bare.spent, unit: time },
    { name: `${exchange}, added by Spoor`, value: added, unit: time },
    { name: `${exchange}, added by ${peer}`, value: addedByPeer, unit: time },
    { name: `${exchange}, added, Spoor ÷ ${peer}`, value: added / addedByPeer, unit: "×" },
    { name: `${exchange}, untraced, sent`, value: bare.sent, unit: size },
    { name: `${exchange}, sent beyond that, Spoor`, value: ours.sent - bare.sent, unit: size },
    { name: `${exchange}, sent beyond that, ${peer}`, value: theirs.sent - bare.sent, unit: size },
    { name: `${exchange}, journal of Spoor`, value: ours.kept, unit: size },
  ];
}
