import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";

export interface NatsServer {
  readonly url: string;
  stop(): void;
}

/** The server that `NATS_URL` names, else one that is started here, on this machine alone. Null: there is none to start. */
export async function findNatsServer(): Promise<NatsServer | null> {
  const url = process.env["NATS_URL"];
  if (url) return { url, stop: () => {} };
  const program = places().find(existsSync);
  return program === undefined ? null : startNatsServer(program);
}

/** On the PATH, or where the interoperability tests of this repository keep theirs. */
function places(): readonly string[] {
  const path = (process.env["PATH"] ?? "").split(delimiter);
  const cache = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "spoor-backends");
  const kept = existsSync(cache)
    ? readdirSync(cache).filter((name) => name.startsWith("nats"))
    : [];
  return [...path, ...kept.map((name) => join(cache, name, "bin"))].map((folder) =>
    join(folder, "nats-server"),
  );
}

async function startNatsServer(program: string): Promise<NatsServer> {
  const store = mkdtempSync(join(tmpdir(), "spoor-nats-"));
  const server = spawn(program, ["-a", "127.0.0.1", "-p", "-1", "-js", "-sd", store], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const stop = (): void => {
    server.kill();
    rmSync(store, { recursive: true, force: true });
  };
  return { url: await urlSaidBy(server), stop };
}

/** It takes a free port, and its log says which. */
async function urlSaidBy(server: ChildProcess): Promise<string> {
  if (!server.stderr) throw new Error("nats-server has no log to read");
  for await (const line of createInterface({ input: server.stderr })) {
    const [, address] = /Listening for client connections on (\S+)/.exec(line) ?? [];
    if (address !== undefined) return `nats://${address}`;
  }
  throw new Error("nats-server has ended without listening");
}
