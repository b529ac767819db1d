import { type JsMsg, jetstream, jetstreamManager } from "@nats-io/jetstream";
import { connect, nanos } from "@nats-io/transport-node";
import type { Bus, Receive } from "./bus.ts";
import { InHand } from "./in-hand.ts";

/** A server, and the stream on it in which the mailboxes of one run lie: two runs do not meet. */
export interface NatsPlace {
  readonly url: string;
  readonly stream: string;
}

/** A process that says nothing of a message for so long is taken for dead. */
const patienceMs = 2_000;

/** Mailboxes in JetStream: each a consumer of the stream, which says when it is done with a message. */
export async function jetStream({ url, stream }: NatsPlace): Promise<Bus> {
  const connection = await connect({ servers: url });
  const manager = await jetstreamManager(connection);
  const inHand = new InHand();
  return {
    async put(mailbox, message) {
      await jetstream(connection).publish(`${stream}.${mailbox}`, JSON.stringify(message));
    },
    async take(mailbox, receive) {
      await manager.consumers.add(stream, {
        durable_name: mailbox,
        filter_subject: `${stream}.${mailbox}`,
        ack_policy: "explicit",
        ack_wait: nanos(patienceMs),
      });
      const consumer = await jetstream(connection).consumers.get(stream, mailbox);
      await consumer.consume({
        callback: (message) => inHand.add(received(message, receive)),
      });
    },
    async close() {
      await inHand.ended();
      await connection.close();
    },
  };
}

/** Makes the stream, and gives what removes it. */
export async function makeStream({ url, stream }: NatsPlace): Promise<() => Promise<void>> {
  const connection = await connect({ servers: url });
  const { streams } = await jetstreamManager(connection);
  await streams.add({
    name: stream,
    subjects: [`${stream}.*`],
    retention: "workqueue",
    storage: "memory",
  });
  return async () => {
    await streams.delete(stream);
    await connection.close();
  };
}

async function received(message: JsMsg, receive: Receive): Promise<void> {
  const atWork = setInterval(() => message.working(), patienceMs / 3);
  try {
    await receive({ message: message.json(), attempt: message.info.deliveryCount });
    message.ack();
  } catch {
    message.nak(patienceMs);
  } finally {
    clearInterval(atWork);
  }
}
