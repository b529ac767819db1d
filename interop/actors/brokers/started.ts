import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import type { TestProject } from "vitest/node";
import type { BrokerName } from "../clients/client-of.ts";
import type { Broker } from "./broker.ts";
import { startKafka } from "./kafka.ts";
import { startNats } from "./nats.ts";
import { startRabbitmq } from "./rabbitmq.ts";
import { startRedis } from "./redis.ts";

const starts: Readonly<Record<BrokerName, (folder: string) => Promise<Broker>>> = {
  nats: startNats,
  rabbitmq: startRabbitmq,
  bullmq: startRedis,
  "redis-streams": startRedis,
  kafka: startKafka,
};

declare module "vitest" {
  interface ProvidedContext {
    readonly broker: BrokerName;
    readonly address: string;
  }
}

/** One broker for all tests of a run: the one that the run is about. */
export default async function start(project: TestProject): Promise<() => Promise<void>> {
  const broker = process.env["SPOOR_INTEROP_BROKER"] ?? "";
  if (!isKnown(broker))
    throw new Error(`there is no ${broker}: start this with node scripts/interop-actors.mjs`);
  const folder = mkdtempSync(join(tmpdir(), "spoor-broker-"));
  const { address, stop } = await starts[broker](folder);
  project.provide("broker", broker);
  project.provide("address", address);
  return async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

const isKnown = (name: string): name is BrokerName => Object.hasOwn(starts, name);
