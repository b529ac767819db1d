import { startRedis as startServer } from "../../checkpointers/databases/redis-server.ts";
import type { Broker } from "./broker.ts";

export async function startRedis(): Promise<Broker> {
  const server = await startServer();
  return { address: server.url, stop: () => server.stop() };
}
