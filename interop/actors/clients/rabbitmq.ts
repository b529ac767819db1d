import { carry } from "@spoor/autogen";
import {
  bodyOf,
  type Channel,
  type Client,
  headersOf,
  mostDeliveries,
  Refusal,
  type Work,
} from "./client.ts";

type Headers = Readonly<Record<string, unknown>>;

interface Message {
  readonly content: Buffer;
  readonly properties: { readonly headers?: Headers };
}
interface Confirmed {
  assertExchange(name: string, kind: "fanout"): Promise<unknown>;
  assertQueue(name: string, options: object): Promise<unknown>;
  bindQueue(queue: string, exchange: string, pattern: string): Promise<unknown>;
  prefetch(count: number): Promise<unknown>;
  publish(
    exchange: string,
    key: string,
    content: Buffer,
    options: object,
    confirmed: (error: Error | null) => void,
  ): boolean;
  consume(queue: string, on: (message: Message | null) => void): Promise<unknown>;
  ack(message: Message): void;
  nack(message: Message, allUpTo: boolean, requeue: boolean): void;
}
interface Connection {
  createConfirmChannel(): Promise<Confirmed>;
  close(): Promise<void>;
}
interface Amqplib {
  readonly connect: (address: string) => Promise<Connection>;
}

const packages = { amqplib: "amqplib" };
const deadIn = (name: string): string => `${name}.dead`;

/** An exchange with a quorum queue for each agent, which count deliveries, and a queue for what they give up. */
export const rabbitmq: Client = {
  prepare: async (address, { name, agents }) => {
    const { connection, broker } = await connected(address);
    await broker.assertExchange(name, "fanout");
    await broker.assertExchange(deadIn(name), "fanout");
    await broker.assertQueue(deadIn(name), { durable: true });
    await broker.bindQueue(deadIn(name), deadIn(name), "");
    for (const agent of agents) {
      await broker.assertQueue(queueOf(name, agent), {
        durable: true,
        arguments: {
          "x-queue-type": "quorum",
          "x-delivery-limit": mostDeliveries - 1,
          "x-dead-letter-exchange": deadIn(name),
        },
      });
      await broker.bindQueue(queueOf(name, agent), name, "");
    }
    await connection.close();
  },
  connect: async (address, channel) => {
    const { connection, broker } = await connected(address);
    await broker.prefetch(50);
    const publish = (body: string, headers: Headers): Promise<void> =>
      new Promise((resolve, reject) => {
        const confirmed = (error: Error | null): void => (error ? reject(error) : resolve());
        broker.publish(channel.name, "", Buffer.from(body), { headers }, confirmed);
      });
    return {
      send: (envelope) =>
        publish(
          bodyOf(channel, envelope),
          channel.carriedIn === "headers" ? carry(envelope, {}) : {},
        ),
      sendForeign: (body, headers) => publish(JSON.stringify(body), headers),
      receive: async (agent, work) => {
        await broker.consume(queueOf(channel.name, agent), (message) => {
          if (message) void receiveOne(broker, message, channel, work);
        });
      },
      mourn: async (tell) => {
        await broker.consume(deadIn(channel.name), (message) => {
          if (!message) return;
          const { headers = {} } = message.properties;
          const reason = headers["x-first-death-reason"];
          tell({
            delivery: { body: bodyIn(message), options: headersOf(channel, headers) },
            reason: typeof reason === "string" ? reason : "not said",
          });
          broker.ack(message);
        });
      },
      close: () => connection.close(),
    };
  },
};

async function receiveOne(
  broker: Confirmed,
  message: Message,
  channel: Channel,
  work: Work,
): Promise<void> {
  const { headers = {} } = message.properties;
  const attempt = Number(headers["x-delivery-count"] ?? 0) + 1;
  try {
    await work({ body: bodyIn(message), options: { ...headersOf(channel, headers), attempt } });
    broker.ack(message);
  } catch (error) {
    broker.nack(message, false, !(error instanceof Refusal));
  }
}

const bodyIn = ({ content }: Message): unknown => JSON.parse(content.toString());
const queueOf = (name: string, agent: string): string => `${name}.${agent}`;

async function connected(address: string) {
  const { connect } = (await import(packages.amqplib)) as Amqplib;
  const connection = await connect(address);
  return { connection, broker: await connection.createConfirmChannel() };
}
