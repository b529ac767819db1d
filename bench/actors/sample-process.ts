import { setImmediate as turnOfTheLoop } from "node:timers/promises";
import { stopwatch } from "../clock.ts";
import { actorsPeers } from "./actors-peers.ts";
import type { Exchange, Message, OpenExchange } from "./exchange.ts";
import { bullmq } from "./exchanges/bullmq.ts";
import { inProcess } from "./exchanges/in-process.ts";
import { rabbitmq } from "./exchanges/rabbitmq.ts";
import type { ExchangeName, Sample, SampleOrder } from "./sample.ts";
import type { Tracing, TracingName } from "./tracing.ts";
import { nobody } from "./tracings/nobody.ts";
import { openTelemetry } from "./tracings/open-telemetry.ts";
import { spoor } from "./tracings/spoor.ts";

/** One sample in a process of its own: so many messages over one queue, traced in one way. */
const [warmUp, measured, block] = [2_000, 4_000, 100];
const exchanges: Readonly<Record<ExchangeName, OpenExchange>> = {
  "in process": inProcess,
  BullMQ: bullmq,
  amqplib: rabbitmq,
};
const tracings: Readonly<Record<TracingName, () => Tracing | Promise<Tracing>>> = {
  nobody: () => nobody,
  Spoor: () => spoor(order.scratch),
  OpenTelemetry: () => openTelemetry(load),
};

const order: SampleOrder = JSON.parse(process.argv[2] ?? "{}");
const load = await actorsPeers.loader();
const tracing = await tracings[order.tracing]();
const { address } = order;
const exchange = await exchanges[order.exchange]({ load, address, tracing });

await pass(exchange, 0, warmUp);
gc?.();
const before = exchange.written();
const watch = stopwatch();
await pass(exchange, warmUp, warmUp + measured);
const spent = (watch.spent() * 1_000) / measured;
const sent = (exchange.written() - before) / measured;
await exchange.close();
const kept = (await tracing.close(warmUp + measured)) / (warmUp + measured);

const sample: Sample = { spent, sent, kept };
process.stdout.write(JSON.stringify(sample));
// Clients and SDKs keep timers and sockets open.
process.exit(0);

async function pass(over: Exchange, from: number, to: number): Promise<void> {
  for (let first = from; first < to; first += block) {
    await over.pass(Array.from({ length: block }, (_, index) => messageAt(first + index)));
    await turnOfTheLoop();
  }
  await tracing.settle();
}

/** Each has something new to say. */
function messageAt(index: number): Message {
  return {
    messageId: `message-${index}`,
    conversationId: `conversation-${Math.floor(index / order.together)}`,
    messageType: "Task",
    recipient: "worker",
    payload: {
      task: `Task ${index}: find a train that arrives before ten, and one back after six, with a seat at the window.`,
      of: 2,
    },
  };
}
