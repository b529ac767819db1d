import { execFile } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { assertOnlyLoopback } from "../../otel/servers/only-loopback.ts";
import { freePorts } from "../../otel/servers/free-ports.ts";
import { installed } from "./installed.ts";

const run = promisify(execFile);

export interface PostgresServer {
  /** Of an empty database. */
  readonly url: string;
  stop(): Promise<void>;
}

/** A server with a data folder of its own, which goes with it. It never runs as root: root starts it as the user that its package has made. */
export async function startPostgres(): Promise<PostgresServer> {
  const bin = installed("postgres");
  const folder = mkdtempSync(join(tmpdir(), "spoor-postgres-"));
  const isRoot = process.getuid?.() === 0;
  const as = isRoot ? ["runuser", "-u", "postgres", "--"] : [];
  const command = async (name: string, ...args: readonly string[]): Promise<void> => {
    const [program = "", ...given] = [...as, join(bin, name), ...args];
    await run(program, given, { cwd: "/", env: { PATH: process.env["PATH"] } });
  };
  if (isRoot) await run("chown", ["postgres", folder]);
  chmodSync(folder, 0o700);
  const data = join(folder, "data");
  const [port] = await freePorts(1);
  const settings = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: folder,
    fsync: "off",
  };
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  await command("initdb", "-D", data, "-A", "trust", "-U", "spoor", "--no-sync");
  // Its output would keep the pipe to this process open for as long as the server runs.
  const log = ["-l", join(folder, "log")];
  await command("pg_ctl", "-D", data, "-w", ...log, "-o", options.join(" "), "start");
  const stop = async (): Promise<void> => {
    await command("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop");
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    assertOnlyLoopback();
  } catch (cause) {
    await stop();
    throw new Error("PostgreSQL may not run here", { cause });
  }
  return { url: `postgres://spoor@127.0.0.1:${port}/postgres`, stop };
}
