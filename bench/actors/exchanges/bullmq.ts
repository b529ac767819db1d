import type { OpenExchange } from "../exchange.ts";
import { Handled, handler } from "../handled.ts";

interface Redis {
  readonly stream: { readonly bytesWritten: number };
  disconnect(): void;
}
interface Opened {
  close(): Promise<void>;
}
interface Queue extends Opened {
  add(name: string, data: object): Promise<unknown>;
}
interface Job {
  readonly data: unknown;
  readonly attemptsStarted: number;
}
interface Options {
  readonly connection: Redis;
  readonly concurrency?: number;
  readonly telemetry?: object;
}
interface Bullmq {
  readonly Queue: new (name: string, options: Options) => Queue;
  readonly Worker: new (
    name: string,
    handle: (job: Job) => Promise<void>,
    options: Options,
  ) => Opened & { waitUntilReady(): Promise<unknown> };
}
interface IoRedis {
  readonly Redis: new (url: string, options: { readonly maxRetriesPerRequest: null }) => Redis;
}
interface BullmqOtel {
  readonly BullMQOtel: new (name: string) => object;
}

/** A queue of BullMQ in Redis, its own telemetry switched on where OpenTelemetry watches. */
export const bullmq: OpenExchange = async ({ load, address, tracing: { name, envelopes } }) => {
  const { Queue, Worker } = (await load("bullmq")) as Bullmq;
  const { Redis } = (await load("ioredis")) as IoRedis;
  const { BullMQOtel } = (await load("bullmq-otel")) as BullmqOtel;
  const telemetry = name === "OpenTelemetry" ? { telemetry: new BullMQOtel("bench") } : {};
  const [sending, working] = [connected(), connected()];
  const handled = new Handled();
  const queue = new Queue("messages", { connection: sending, ...telemetry });
  const worker = new Worker(
    "messages",
    async ({ data, attemptsStarted }) => {
      if (envelopes) await envelopes.handle("worker", data, handler, { attempt: attemptsStarted });
      else await handler();
      handled.one();
    },
    { connection: working, concurrency: 20, ...telemetry },
  );
  await worker.waitUntilReady();

  function connected(): Redis {
    return new Redis(address, { maxRetriesPerRequest: null });
  }
  return {
    async pass(messages) {
      const done = handled.expect(messages.length);
      const sent = messages.map((message) =>
        envelopes
          ? envelopes.send(message, (envelope) => queue.add("message", envelope))
          : queue.add("message", message),
      );
      await Promise.all([done, ...sent]);
    },
    written: () => sending.stream.bytesWritten,
    async close() {
      await worker.close();
      await queue.close();
      for (const connection of [sending, working]) connection.disconnect();
    },
  };
};
