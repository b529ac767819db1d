import { type ActorEnvelope, carry, natsHeaders, type NatsHeaders } from "@spoor/autogen";
import {
  bodyOf,
  type Channel,
  type Client,
  type DeadLetter,
  headersOf,
  mostDeliveries,
  type Queue,
  Refusal,
  type Work,
} from "./client.ts";

interface Connection {
  subscribe(subject: string): AsyncIterable<{ json(): unknown }>;
  flush(): Promise<void>;
  close(): Promise<void>;
}
interface Message {
  readonly headers?: NatsHeaders;
  readonly info: { readonly deliveryCount: number };
  json(): unknown;
  ack(): void;
  nak(): void;
  term(reason: string): void;
}
interface Manager {
  readonly streams: {
    add(config: object): Promise<unknown>;
    getMessage(stream: string, at: { readonly seq: number }): Promise<StoredMessage | null>;
  };
  readonly consumers: { add(stream: string, config: object): Promise<unknown> };
}
interface StoredMessage {
  readonly header: NatsHeaders;
  json(): unknown;
}
interface JetStream {
  publish(subject: string, payload: string, options: object): Promise<unknown>;
  readonly consumers: {
    get(
      stream: string,
      name: string,
    ): Promise<{ consume(options: object): Promise<AsyncIterable<Message>> }>;
  };
}
interface Transport {
  readonly connect: (options: { readonly servers: string }) => Promise<Connection>;
  readonly headers: () => NatsHeaders;
}
interface JetStreamModule {
  readonly jetstream: (connection: Connection) => JetStream;
  readonly jetstreamManager: (connection: Connection) => Promise<Manager>;
}
interface Advisory {
  readonly stream_seq: number;
  readonly type: string;
  readonly reason?: string;
}

const packages = { transport: "@nats-io/transport-node", jetstream: "@nats-io/jetstream" };

/** A stream with a durable consumer for each agent. */
export const nats: Client = {
  prepare: async (address, { name, agents, patienceMs }) => {
    const { connection, manager } = await connected(address);
    await manager.streams.add({ name, subjects: [name] });
    for (const agent of agents)
      await manager.consumers.add(name, {
        durable_name: agent,
        ack_policy: "explicit",
        ack_wait: patienceMs * 1_000_000,
        max_deliver: mostDeliveries,
      });
    await connection.close();
  },
  connect: async (address, channel) => {
    const { connection, manager, stream, headers } = await connected(address);
    const publish = async (body: string, filled: NatsHeaders): Promise<void> => {
      await stream.publish(channel.name, body, { headers: filled });
    };
    return {
      send: (envelope) => publish(bodyOf(channel, envelope), filledHeaders(envelope)),
      sendForeign: (body, said) => {
        const filled = headers();
        for (const [name, value] of Object.entries(said)) filled.append(name, value.toString());
        return publish(JSON.stringify(body), filled);
      },
      receive: async (agent, work) => {
        const consumer = await stream.consumers.get(channel.name, agent);
        void receiveAll(await consumer.consume({ max_messages: 200 }), channel, work);
      },
      mourn: async (tell) => {
        const given = connection.subscribe(`$JS.EVENT.ADVISORY.CONSUMER.*.${channel.name}.*`);
        void mournAll(given, manager, channel, tell);
        await connection.flush();
      },
      close: () => connection.close(),
    } satisfies Queue;

    function filledHeaders(envelope: ActorEnvelope): NatsHeaders {
      return channel.carriedIn === "headers"
        ? carry(envelope, natsHeaders(headers(), headers))
        : headers();
    }
  },
};

async function receiveAll(
  messages: AsyncIterable<Message>,
  channel: Channel,
  work: Work,
): Promise<void> {
  for await (const message of messages) {
    const options = {
      ...headersOf(channel, message.headers),
      attempt: message.info.deliveryCount,
    };
    try {
      await work({ body: message.json(), options });
      message.ack();
    } catch (error) {
      if (error instanceof Refusal) message.term(error.message);
      else message.nak();
    }
  }
}

/** JetStream says that it has given a message up, and which one: it lies in the stream. */
async function mournAll(
  advisories: AsyncIterable<{ json(): unknown }>,
  manager: Manager,
  channel: Channel,
  tell: (dead: DeadLetter) => void,
): Promise<void> {
  for await (const said of advisories) {
    const { type, stream_seq, reason = "max deliveries" } = said.json() as Advisory;
    if (!/max_deliver|terminated/.test(type)) continue;
    const stored = await manager.streams.getMessage(channel.name, { seq: stream_seq });
    if (!stored) continue;
    tell({
      delivery: { body: stored.json(), options: headersOf(channel, stored.header) },
      reason,
    });
  }
}

async function connected(address: string) {
  const { connect, headers } = (await import(packages.transport)) as Transport;
  const { jetstream, jetstreamManager } = (await import(packages.jetstream)) as JetStreamModule;
  const connection = await connect({ servers: address });
  return {
    connection,
    headers,
    manager: await jetstreamManager(connection),
    stream: jetstream(connection),
  };
}
