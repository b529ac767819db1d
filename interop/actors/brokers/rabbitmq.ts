import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePorts } from "../../otel/servers/free-ports.ts";
import { installed } from "../../otel/servers/installed.ts";
import { startServer } from "../../otel/servers/server-process.ts";
import type { Broker } from "./broker.ts";

/** With the daemon that Erlang finds its nodes by: RabbitMQ would start one itself, and leave it behind. */
export async function startRabbitmq(folder: string): Promise<Broker> {
  const root = installed("rabbitmq");
  const erlang = join(root, "usr/lib/erlang/bin");
  const [port = 0, distribution = 0, names = 0] = await freePorts(3);
  const plugins = join(folder, "plugins");
  writeFileSync(plugins, "[].");
  writeFileSync(join(folder, "rabbitmq.conf"), "");
  const naming = { ERL_EPMD_ADDRESS: "127.0.0.1", ERL_EPMD_PORT: String(names) };
  const daemon = await startServer({
    command: join(erlang, "epmd"),
    args: [],
    environment: naming,
    folder,
    ready: `tcp://127.0.0.1:${names}`,
    patienceMs: 20_000,
  });
  try {
    const server = await startServer({
      // A shell that waits for Erlang, and passes on to it that it shall end.
      command: join(root, "usr/lib/rabbitmq/bin/rabbitmq-server"),
      args: [],
      environment: {
        ...naming,
        PATH: `${erlang}:/usr/bin:/bin`,
        RABBITMQ_MNESIA_BASE: join(folder, "db"),
        RABBITMQ_LOG_BASE: join(folder, "log"),
        RABBITMQ_NODE_IP_ADDRESS: "127.0.0.1",
        RABBITMQ_NODE_PORT: String(port),
        RABBITMQ_DIST_PORT: String(distribution),
        RABBITMQ_NODENAME: "spoor@localhost",
        RABBITMQ_CONFIG_FILE: join(folder, "rabbitmq"),
        RABBITMQ_ENABLED_PLUGINS_FILE: plugins,
        RABBITMQ_PID_FILE: join(folder, "pid"),
        RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: "-kernel inet_dist_use_interface {127,0,0,1}",
      },
      folder,
      ready: `tcp://127.0.0.1:${port}`,
      patienceMs: 90_000,
    });
    const stop = async (): Promise<void> => {
      await server.stop();
      await daemon.stop();
    };
    return { address: `amqp://guest:guest@127.0.0.1:${port}`, stop };
  } catch (cause) {
    await daemon.stop();
    throw cause;
  }
}
