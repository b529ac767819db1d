import { randomUUID } from "node:crypto";
import { carry } from "@spoor/autogen";
import { rawList } from "@spoor/core";
import {
  bodyOf,
  type Channel,
  type Client,
  headersOf,
  mostDeliveries,
  Refusal,
  type Work,
} from "./client.ts";

type Fields = readonly string[];
type Entry = readonly [id: string, fields: Fields];
type Pending = readonly [id: string, consumer: string, idleMs: number, times: number];

interface Redis {
  xadd(key: string, id: "*", ...fields: readonly (string | Buffer)[]): Promise<unknown>;
  xack(key: string, group: string, id: string): Promise<unknown>;
  xgroup(...given: readonly string[]): Promise<unknown>;
  xpending(...given: readonly (string | number)[]): Promise<readonly Pending[]>;
  xclaim(...given: readonly (string | number)[]): Promise<readonly Entry[]>;
  xread(...given: readonly (string | number)[]): Promise<Read>;
  xreadgroup(...given: readonly (string | number)[]): Promise<Read>;
  duplicate(): Redis;
  disconnect(): void;
}
type Read = readonly (readonly [key: string, entries: readonly Entry[]])[] | null;
interface Ioredis {
  readonly Redis: new (address: string) => Redis;
}

const packages = { ioredis: "ioredis" };
const deadIn = (name: string): string => `${name}:dead`;
const blockMs = 100;

/** A stream with a consumer group for each agent. What nobody acknowledges is claimed, and counted, by whoever looks for it. */
export const redisStreams: Client = {
  prepare: async (address, { name, agents }) => {
    const redis = await connected(address);
    for (const agent of agents) await redis.xgroup("CREATE", name, agent, "0", "MKSTREAM");
    redis.disconnect();
  },
  connect: async (address, channel) => {
    const redis = await connected(address);
    const readers: Redis[] = [];
    const reading: Promise<void>[] = [];
    let isOpen = true;
    const reader = (): Redis => {
      const made = redis.duplicate();
      readers.push(made);
      return made;
    };
    return {
      send: async (envelope) => {
        const fields = ["body", bodyOf(channel, envelope)];
        const filled = channel.carriedIn === "headers" ? carry(envelope, rawList(fields)) : fields;
        await redis.xadd(channel.name, "*", ...filled);
      },
      sendForeign: async (body, headers) => {
        const said = Object.entries(headers).flat();
        await redis.xadd(channel.name, "*", "body", JSON.stringify(body), ...said);
      },
      receive: async (agent, work) => {
        const group = { redis, reader: reader(), agent, consumer: randomUUID() };
        reading.push(receiveAll(group, channel, work, () => isOpen));
      },
      mourn: async (tell) => {
        const telling = eachDead(
          reader(),
          channel.name,
          () => isOpen,
          (fields) =>
            tell({
              delivery: { body: bodyIn(fields), options: headersOf(channel, fields) },
              reason: textIn(fields, "reason"),
            }),
        );
        reading.push(telling);
      },
      close: async () => {
        isOpen = false;
        await Promise.all(reading);
        for (const one of [redis, ...readers]) one.disconnect();
      },
    };
  },
};

interface Group {
  readonly redis: Redis;
  readonly reader: Redis;
  readonly agent: string;
  readonly consumer: string;
}

async function receiveAll(
  group: Group,
  channel: Channel,
  work: Work,
  isOpen: () => boolean,
): Promise<void> {
  const { redis, reader, agent, consumer } = group;
  const { name, patienceMs } = channel;
  const block = ["COUNT", 100, "BLOCK", blockMs] as const;
  while (isOpen()) {
    const left = await redis.xpending(name, agent, "IDLE", patienceMs, "-", "+", 100);
    for (const [id, , , times] of left)
      for (const entry of await redis.xclaim(name, agent, consumer, patienceMs, id))
        await receiveOne(group, channel, work, entry, times + 1);
    const read = await reader.xreadgroup("GROUP", agent, consumer, ...block, "STREAMS", name, ">");
    for (const entry of read?.[0]?.[1] ?? []) await receiveOne(group, channel, work, entry, 1);
  }
}

async function receiveOne(
  { redis, agent }: Group,
  channel: Channel,
  work: Work,
  [id, fields]: Entry,
  attempt: number,
): Promise<void> {
  const options = { ...headersOf(channel, fields), attempt };
  try {
    await work({ body: bodyIn(fields), options });
  } catch (error) {
    if (!(error instanceof Refusal) && attempt < mostDeliveries) return;
    const reason = error instanceof Refusal ? error.message : "max deliveries";
    await redis.xadd(deadIn(channel.name), "*", ...fields, "reason", reason);
  }
  await redis.xack(channel.name, agent, id);
}

async function eachDead(
  redis: Redis,
  name: string,
  isOpen: () => boolean,
  tell: (fields: Fields) => void,
): Promise<void> {
  let last = "0";
  while (isOpen()) {
    const read = await redis.xread("BLOCK", blockMs, "STREAMS", deadIn(name), last);
    for (const [id, fields] of read?.[0]?.[1] ?? []) {
      last = id;
      tell(fields);
    }
  }
}

function textIn(fields: Fields, name: string): string {
  const at = fields.findIndex((field, place) => place % 2 === 0 && field === name);
  return fields[at + 1] ?? "";
}

const bodyIn = (fields: Fields): unknown => JSON.parse(textIn(fields, "body"));

async function connected(address: string): Promise<Redis> {
  const { Redis } = (await import(packages.ioredis)) as Ioredis;
  return new Redis(address);
}
