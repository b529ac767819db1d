import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePorts } from "../../otel/servers/free-ports.ts";
import { installed } from "../../otel/servers/installed.ts";
import { startServer } from "../../otel/servers/server-process.ts";
import type { Broker } from "./broker.ts";

const run = promisify(execFile);

/** One node that is broker and controller, in at most half a gigabyte. */
export async function startKafka(folder: string): Promise<Broker> {
  const [port = 0, controller = 0] = await freePorts(2);
  const settings = {
    "process.roles": "broker,controller",
    "node.id": 1,
    "controller.quorum.voters": `1@127.0.0.1:${controller}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}`,
    "advertised.listeners": `PLAINTEXT://127.0.0.1:${port}`,
    "controller.listener.names": "CONTROLLER",
    "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
    "log.dirs": join(folder, "logs"),
    "offsets.topic.replication.factor": 1,
    "offsets.topic.num.partitions": 1,
    "transaction.state.log.replication.factor": 1,
    "transaction.state.log.min.isr": 1,
    "group.initial.rebalance.delay.ms": 0,
    // A consumer that was killed is missed after this at the earliest.
    "group.min.session.timeout.ms": 1_000,
    "auto.create.topics.enable": false,
  };
  const file = join(folder, "kafka.properties");
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  writeFileSync(file, lines.join("\n"));
  const java = ["-Xmx384m", "-cp", join(installed("kafka"), "*")];
  const cluster = ["-t", "MkU3OEVBNTcwNTJENDM2Qg", "-c", file];
  await run("java", [...java, "kafka.tools.StorageTool", "format", ...cluster]);
  const server = await startServer({
    command: "java",
    args: [...java, "kafka.Kafka", file],
    folder,
    ready: `tcp://127.0.0.1:${port}`,
    patienceMs: 90_000,
  });
  return { address: `127.0.0.1:${port}`, stop: () => server.stop() };
}
