import { bullmq } from "./bullmq.ts";
import type { Client } from "./client.ts";
import { kafka } from "./kafka.ts";
import { nats } from "./nats.ts";
import { rabbitmq } from "./rabbitmq.ts";
import { redisStreams } from "./redis-streams.ts";

/** A broker that there is a client for. */
export type BrokerName = "nats" | "rabbitmq" | "bullmq" | "redis-streams" | "kafka";

const clients: Readonly<Record<BrokerName, Client>> = {
  nats,
  rabbitmq,
  bullmq,
  "redis-streams": redisStreams,
  kafka,
};

export const clientOf = (broker: BrokerName): Client => clients[broker];
