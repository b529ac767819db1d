import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Received, receivedIn } from "../reading/received.ts";
import { freePorts } from "./free-ports.ts";
import { installed } from "./installed.ts";
import { type ServerProcess, startServer } from "./server-process.ts";

/** OpenTelemetry's own Collector, which writes down what it takes. */
export interface Collector extends ServerProcess {
  /** For OTLP over HTTP, without a path. */
  readonly endpoint: string;
  readonly tracesUrl: string;
  /** All spans it has taken since it was first started, each as often as it has taken it. Waits until there are so many. */
  spans(atLeast: number): Promise<readonly Received[]>;
  /** After it was stopped: with the same address and the same file. */
  startAgain(): Promise<void>;
}

const config = fileURLToPath(new URL("../collector/config.yaml", import.meta.url));
/** It flushes its file ten times a second. */
const patienceMs = 10_000;

export async function startCollector(folder: string): Promise<Collector> {
  const [otlp, health] = await freePorts(2);
  const file = join(folder, "traces.jsonl");
  const start = (): Promise<ServerProcess> =>
    startServer({
      command: installed("collector"),
      args: ["--config", config],
      environment: { FOLDER: folder, OTLP_PORT: String(otlp), HEALTH_PORT: String(health) },
      folder,
      ready: `http://127.0.0.1:${health}/`,
      patienceMs,
    });
  let server = await start();
  const spansNow = (): readonly Received[] =>
    existsSync(file) ? receivedIn(readFileSync(file, "utf8")) : [];
  return {
    endpoint: `http://127.0.0.1:${otlp}`,
    tracesUrl: `http://127.0.0.1:${otlp}/v1/traces`,
    hang: () => server.hang(),
    goOn: () => server.goOn(),
    stop: () => server.stop(),
    startAgain: async () => {
      server = await start();
    },
    spans: async (atLeast) => {
      const deadline = Date.now() + patienceMs;
      while (spansNow().length < atLeast && Date.now() < deadline) await sleep(100);
      // Whatever it has taken more than once would come now.
      await sleep(300);
      return spansNow();
    },
  };
}
