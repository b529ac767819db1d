import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";
import type { Checkpointers } from "./checkpointers.ts";
import { startRedis } from "./redis-server.ts";

interface Client {
  connect(): Promise<unknown>;
  flushAll(): Promise<unknown>;
  quit(): Promise<unknown>;
}
interface RedisModule {
  readonly RedisSaver: { fromUrl(url: string): Promise<RedisSaver> };
}
interface RedisSaver extends BaseCheckpointSaver {
  end(): Promise<void>;
}
interface ClientModule {
  readonly createClient: (options: { readonly url: string }) => Client;
}

const packages = { saver: "@langchain/langgraph-checkpoint-redis", client: "redis" };

/** One after the other has the whole of a real Redis Stack: the indexes that it searches are of all keys. */
export async function redis(): Promise<Checkpointers> {
  const server = await startRedis();
  const { RedisSaver } = (await import(/* @vite-ignore */ packages.saver)) as RedisModule;
  const { createClient } = (await import(/* @vite-ignore */ packages.client)) as ClientModule;
  const client = createClient({ url: server.url });
  await client.connect();
  return {
    name: packages.saver,
    open: async () => {
      const saver = await RedisSaver.fromUrl(server.url);
      return {
        saver,
        close: async () => {
          await saver.end();
          await client.flushAll();
        },
      };
    },
    stop: async () => {
      await client.quit();
      await server.stop();
    },
  };
}
