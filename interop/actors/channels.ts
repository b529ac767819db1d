import process from "node:process";
import { inject, onTestFinished } from "vitest";
import { type BrokerName, clientOf } from "./clients/client-of.ts";
import type { Channel, Client, Queue } from "./clients/client.ts";
import type { Job } from "./programs/job.ts";

/** The broker that the run is about. */
export const broker: BrokerName = inject("broker");
const address = inject("address");
const client: Client = clientOf(broker);
let made = 0;

/** A channel of its own for each test that asks. */
export async function channel(
  agents: readonly string[],
  { patienceMs = 60_000, carriedIn = "headers" }: Partial<Channel> = {},
): Promise<Job> {
  made += 1;
  const name = `channel${made}x${process.pid}`;
  const job = { broker, address, channel: { name, agents, patienceMs, carriedIn } };
  await client.prepare(address, job.channel);
  return job;
}

/** A client of the test's own, until the test ends. */
export async function connectedTo(job: Job): Promise<Queue> {
  const queue = await client.connect(address, job.channel);
  onTestFinished(() => queue.close());
  return queue;
}
