import { setTimeout as sleep } from "node:timers/promises";
import { carry } from "@spoor/autogen";
import {
  bodyOf,
  type Channel,
  type Client,
  type Delivery,
  headersOf,
  mostDeliveries,
  Refusal,
  type Work,
} from "./client.ts";

type Headers = Readonly<Record<string, unknown>>;

interface Message {
  readonly value: Buffer | null;
  readonly headers?: Headers;
}
interface Producer {
  connect(): Promise<void>;
  send(records: { readonly topic: string; readonly messages: readonly object[] }): Promise<unknown>;
  disconnect(): Promise<void>;
}
interface Consumer {
  readonly events: { readonly GROUP_JOIN: string };
  connect(): Promise<void>;
  subscribe(options: { readonly topic: string; readonly fromBeginning: true }): Promise<void>;
  run(options: object): Promise<void>;
  on(event: string, listener: () => void): void;
  disconnect(): Promise<void>;
}
interface Admin {
  connect(): Promise<void>;
  createTopics(options: object): Promise<unknown>;
  fetchTopicMetadata(options: { readonly topics: readonly string[] }): Promise<Metadata>;
  disconnect(): Promise<void>;
}
interface Metadata {
  readonly topics: readonly { readonly partitions: readonly { readonly leader: number }[] }[];
}
interface Cluster {
  producer(options: object): Producer;
  consumer(options: object): Consumer;
  admin(): Admin;
}
interface Kafkajs {
  readonly Kafka: new (options: object) => Cluster;
  readonly logLevel: { readonly NOTHING: number };
}

const packages = { kafkajs: "kafkajs" };
const deadIn = (name: string): string => `${name}.dead`;

/** A topic with a consumer group for each agent. Kafka brings nothing again to who is there: what a handler throws is tried again where it was thrown. */
export const kafka: Client = {
  prepare: async (address, { name }) => {
    const admin = (await clusterAt(address)).admin();
    await admin.connect();
    const topics = [
      { topic: name, numPartitions: 2 },
      { topic: deadIn(name), numPartitions: 1 },
    ];
    // Its own waiting for leaders gives up where a topic that was made is not known yet.
    await admin.createTopics({ topics, waitForLeaders: false });
    while (!(await haveLeaders(admin, [name, deadIn(name)]))) await sleep(50);
    await admin.disconnect();
  },
  connect: async (address, channel) => {
    const cluster = await clusterAt(address);
    const producer = cluster.producer({ allowAutoTopicCreation: false, idempotent: true });
    await producer.connect();
    const consumers: Consumer[] = [];
    const publish = async (value: string, headers: Headers): Promise<void> => {
      await producer.send({ topic: channel.name, messages: [{ value, headers }] });
    };
    const consume = async (
      groupId: string,
      topic: string,
      eachMessage: (message: Message) => Promise<void>,
    ): Promise<void> => {
      const sessionTimeout = Math.max(channel.patienceMs, 1_000);
      const heartbeatInterval = Math.ceil(sessionTimeout / 5);
      const consumer = cluster.consumer({
        groupId,
        sessionTimeout,
        heartbeatInterval,
        // It cannot leave before a fetch that waits for messages is answered.
        maxWaitTimeInMs: 200,
      });
      consumers.push(consumer);
      await consumer.connect();
      await consumer.subscribe({ topic, fromBeginning: true });
      const joined = new Promise<void>((resolve) =>
        consumer.on(consumer.events.GROUP_JOIN, resolve),
      );
      await consumer.run({
        eachMessage: ({ message }: { readonly message: Message }) => eachMessage(message),
      });
      await joined;
    };
    return {
      send: (envelope) =>
        publish(
          bodyOf(channel, envelope),
          channel.carriedIn === "headers" ? carry(envelope, {}) : {},
        ),
      sendForeign: (body, headers) => publish(JSON.stringify(body), headers),
      receive: (agent, work) =>
        consume(`${channel.name}.${agent}`, channel.name, async (message) => {
          const reason = await tried(message, channel, work);
          if (reason === null) return;
          const { value, headers } = message;
          const dead = { value, headers: { ...headers, reason } };
          await producer.send({ topic: deadIn(channel.name), messages: [dead] });
        }),
      mourn: (tell) =>
        consume(`${channel.name}.mourners`, deadIn(channel.name), async (message) => {
          const reason = String(message.headers?.["reason"]);
          tell({ delivery: deliveryOf(message, channel), reason });
        }),
      close: async () => {
        await Promise.all([producer, ...consumers].map((one) => one.disconnect()));
      },
    };
  },
};

async function haveLeaders(admin: Admin, names: readonly string[]): Promise<boolean> {
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: names });
    return topics.every(({ partitions }) => partitions.every(({ leader }) => leader >= 0));
  } catch {
    return false;
  }
}

/** Null: done. Else why it was given up. */
async function tried(message: Message, channel: Channel, work: Work): Promise<string | null> {
  for (let attempt = 1; attempt <= mostDeliveries; attempt += 1)
    try {
      // The first delivery here may be the second one of somebody who died: nobody counts, so nothing is said.
      await work(deliveryOf(message, channel));
      return null;
    } catch (error) {
      if (error instanceof Refusal) return error.message;
    }
  return "max deliveries";
}

function deliveryOf({ value, headers = {} }: Message, channel: Channel): Delivery {
  return { body: JSON.parse(String(value)) as unknown, options: headersOf(channel, headers) };
}

async function clusterAt(address: string): Promise<Cluster> {
  const { Kafka, logLevel } = (await import(packages.kafkajs)) as Kafkajs;
  return new Kafka({
    brokers: [address],
    clientId: "interop",
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 100, retries: 20 },
  });
}
