import { join } from "node:path";
import { freePorts } from "../../otel/servers/free-ports.ts";
import { installed } from "../../otel/servers/installed.ts";
import { startServer } from "../../otel/servers/server-process.ts";
import type { Broker } from "./broker.ts";

export async function startNats(folder: string): Promise<Broker> {
  const [port = 0] = await freePorts(1);
  const server = await startServer({
    command: join(installed("nats"), "bin/nats-server"),
    args: ["-a", "127.0.0.1", "-p", String(port), "-js", "-sd", join(folder, "streams")],
    folder,
    ready: `tcp://127.0.0.1:${port}`,
    patienceMs: 20_000,
  });
  return { address: `nats://127.0.0.1:${port}`, stop: () => server.stop() };
}
