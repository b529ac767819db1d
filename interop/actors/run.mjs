import process from "node:process";
import { runSuites } from "../run-suites.mjs";
import { clients, kafka, natsServer, rabbitmq, redis } from "./install.mjs";

// Envelopes over real brokers, between processes: each suite is all tests, on one broker.

const on = (broker, needs) => ({
  needs: { clients, ...needs },
  environment: environmentOf(broker),
});
const environmentOf = (broker) => ({ SPOOR_INTEROP_BROKER: broker });

const suites = {
  nats: on("nats", { nats: natsServer }),
  "redis-streams": on("redis-streams", { redis }),
  bullmq: on("bullmq", { redis }),
  rabbitmq: on("rabbitmq", { rabbitmq }),
  kafka: on("kafka", { kafka }),
};

process.exitCode = await runSuites(suites, {
  wanted: process.argv.slice(2),
  command: () => "vitest run -c interop/actors/vitest.config.ts",
});
