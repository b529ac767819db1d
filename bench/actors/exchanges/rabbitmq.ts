import type { Load } from "../../peers.ts";
import type { OpenExchange } from "../exchange.ts";
import { Handled, handler } from "../handled.ts";

interface Delivered {
  readonly content: Buffer;
}
interface Channel {
  assertQueue(queue: string, options: object): Promise<unknown>;
  prefetch(count: number): Promise<unknown>;
  consume(queue: string, handle: (message: Delivered | null) => unknown): Promise<unknown>;
  sendToQueue(queue: string, content: Buffer): boolean;
  ack(message: Delivered): void;
}
interface Connection {
  readonly connection: { readonly stream: { readonly bytesWritten: number } };
  createChannel(): Promise<Channel>;
  close(): Promise<void>;
}
interface Amqplib {
  connect(url: string): Promise<Connection>;
}
interface Instrumented {
  readonly AmqplibInstrumentation: new () => { enable(): void };
}

/** A queue of RabbitMQ, its client instrumented where OpenTelemetry watches. */
export const rabbitmq: OpenExchange = async ({ load, address, tracing: { name, envelopes } }) => {
  if (name === "OpenTelemetry") await instrument(load);
  const client = (await load("amqplib")) as Amqplib;
  const [sending, working] = [await client.connect(address), await client.connect(address)];
  const [out, into] = [await sending.createChannel(), await working.createChannel()];
  const handled = new Handled();
  const put = (message: object): boolean =>
    out.sendToQueue("messages", Buffer.from(JSON.stringify(message)));
  await into.assertQueue("messages", { durable: false });
  await into.prefetch(20);
  await into.consume("messages", async (message) => {
    if (!message) return;
    const delivered: unknown = JSON.parse(message.content.toString());
    if (envelopes) await envelopes.handle("worker", delivered, handler);
    else await handler();
    into.ack(message);
    handled.one();
  });
  return {
    async pass(messages) {
      const done = handled.expect(messages.length);
      for (const message of messages)
        if (envelopes) envelopes.send(message, put);
        else put(message);
      await done;
    },
    written: () => sending.connection.stream.bytesWritten,
    async close() {
      await sending.close();
      await working.close();
    },
  };
};

/** It has to be there before the client is loaded. */
async function instrument(load: Load): Promise<void> {
  const { AmqplibInstrumentation } = (await load(
    "@opentelemetry/instrumentation-amqplib",
  )) as Instrumented;
  new AmqplibInstrumentation().enable();
}
