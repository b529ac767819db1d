import type { MsgHdrs } from "@nats-io/transport-node";
import { Deliveries, overTheWire } from "./deliveries.ts";

// Clients of brokers, as far as the guide uses them, with what these really hand over: bytes where there are bytes, and counts of deliveries as each counts.

type Headers = Readonly<Record<string, unknown>>;

const jobs = new Deliveries<object>();
export const queue = {
  add: async (name: string, data: object, opts: object): Promise<void> =>
    jobs.put(overTheWire({ name, data, opts, attemptsMade: 0, attemptsStarted: 1 })),
};
/** BullMQ's. */
export function Worker(_queue: string, work: (job: object) => Promise<unknown>): void {
  jobs.listen(work);
}

const letters = new Deliveries<object>();
/** amqplib's. */
export const channel = {
  acknowledged: 0,
  sendToQueue(
    _queue: string,
    content: Buffer,
    { headers }: { readonly headers: Headers },
  ): boolean {
    letters.put({ content, properties: { headers: overTheWire(headers) } });
    return true;
  },
  consume: async (_queue: string, handle: (message: object) => Promise<void>): Promise<void> =>
    letters.listen(handle),
  ack(): void {
    this.acknowledged += 1;
  },
};

const published = new Deliveries<object>();
export const jetstream = {
  publish: async (
    _subject: string,
    text: string,
    { headers }: { readonly headers: MsgHdrs },
  ): Promise<void> =>
    published.put({
      headers,
      info: { deliveryCount: 1 },
      json: () => JSON.parse(text) as unknown,
      ack: () => {},
    }),
};

const records = new Deliveries<{ readonly message: object }>();
interface KafkaMessage {
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}
/** kafkajs's, which hands over bytes whatever it was given. */
export const producer = {
  async send({ messages }: { readonly messages: readonly KafkaMessage[] }): Promise<void> {
    for (const { key, value, headers } of messages) {
      const bytes = Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)]);
      const message = { key: Buffer.from(key), value: Buffer.from(value) };
      records.put({ message: { ...message, headers: Object.fromEntries(bytes) } });
    }
  },
};
/** Of JetStream and of kafkajs. */
export const consumer = {
  consume: async (): Promise<readonly object[]> => published.taken(),
  run: async ({
    eachMessage,
  }: {
    readonly eachMessage: (record: object) => Promise<unknown>;
  }): Promise<void> => records.listen(eachMessage),
};

const entries = new Deliveries<readonly [string, readonly unknown[]]>();
/** ioredis's. */
export const redis = {
  xadd: async (_stream: string, id: string, ...fields: readonly unknown[]): Promise<void> =>
    entries.put([id, overTheWire(fields)]),
  xreadgroup: async (): Promise<readonly unknown[]> => [["tasks", entries.taken()]],
  xack: async (): Promise<void> => {},
};
