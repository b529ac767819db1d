import { bullmqOptions, type BullmqOptions, carry } from "@spoor/autogen";
import {
  bodyOf,
  type Channel,
  type Client,
  headersOf,
  mostDeliveries,
  Refusal,
  type Work,
} from "./client.ts";

interface Job {
  readonly data: string;
  readonly opts: BullmqOptions;
  readonly attemptsStarted: number;
}
interface Closable {
  close(): Promise<void>;
  waitUntilReady(): Promise<unknown>;
}
interface JobQueue extends Closable {
  add(name: string, data: string, options: object): Promise<unknown>;
  getJob(id: string): Promise<Job | undefined>;
}
interface Events extends Closable {
  on(
    event: "failed",
    listener: (said: { readonly jobId: string; readonly failedReason: string }) => void,
  ): void;
}
interface Bullmq {
  readonly Queue: new (name: string, options: object) => JobQueue;
  readonly Worker: new (
    name: string,
    work: (job: Job) => Promise<void>,
    options: object,
  ) => Closable;
  readonly QueueEvents: new (name: string, options: object) => Events;
  readonly UnrecoverableError: new (message: string) => Error;
}

const packages = { bullmq: "bullmq" };

/** A queue for each agent: BullMQ has nothing that one message goes through to several. */
export const bullmq: Client = {
  prepare: async () => {},
  connect: async (address, channel) => {
    const { Queue, Worker, QueueEvents, UnrecoverableError } = (await import(
      packages.bullmq
    )) as Bullmq;
    const { name, agents, patienceMs } = channel;
    const { hostname: host, port } = new URL(address);
    const connection = { host, port: Number(port) };
    const queues = new Map(
      agents.map((agent) => [agent, new Queue(queueOf(name, agent), { connection })]),
    );
    const others: Closable[] = [];
    const add = async (body: string, options: BullmqOptions): Promise<void> => {
      const kept = { attempts: mostDeliveries, removeOnComplete: true, ...options };
      await Promise.all([...queues.values()].map((queue) => queue.add("task", body, kept)));
    };
    return {
      send: (envelope) =>
        add(
          bodyOf(channel, envelope),
          channel.carriedIn === "headers" ? carry(envelope, bullmqOptions({})) : {},
        ),
      sendForeign: (body, headers) =>
        add(JSON.stringify(body), { telemetry: { metadata: JSON.stringify(headers) } }),
      receive: async (agent, work) => {
        const worker = new Worker(
          queueOf(name, agent),
          (job) => receiveOne(job, channel, work, UnrecoverableError),
          {
            connection,
            concurrency: 20,
            lockDuration: patienceMs,
            stalledInterval: patienceMs,
            maxStalledCount: mostDeliveries,
          },
        );
        others.push(worker);
        await worker.waitUntilReady();
      },
      mourn: async (tell) => {
        for (const [agent, queue] of queues) {
          const events = new QueueEvents(queueOf(name, agent), { connection });
          others.push(events);
          events.on("failed", ({ jobId, failedReason }) => {
            void queue.getJob(jobId).then((job) => {
              if (job) tell({ delivery: deliveryOf(job, channel), reason: failedReason });
            });
          });
          await events.waitUntilReady();
        }
      },
      close: async () => {
        await Promise.all([...others, ...queues.values()].map((one) => one.close()));
      },
    };
  },
};

async function receiveOne(
  job: Job,
  channel: Channel,
  work: Work,
  Unrecoverable: Bullmq["UnrecoverableError"],
): Promise<void> {
  try {
    await work(deliveryOf(job, channel));
  } catch (error) {
    throw error instanceof Refusal ? new Unrecoverable(error.message) : error;
  }
}

/** `attemptsMade` counts what has failed, and a job whose worker was killed has not: `attemptsStarted` counts how often it was brought. */
function deliveryOf({ data, opts, attemptsStarted }: Job, channel: Channel) {
  return {
    body: JSON.parse(data) as unknown,
    options: { ...headersOf(channel, bullmqOptions(opts)), attempt: attemptsStarted },
  };
}

const queueOf = (name: string, agent: string): string => `${name}-${agent}`;
