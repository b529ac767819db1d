import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Signal } from "../../../packages/core/src/otlp/wire/protobuf/official-classes.fixture.ts";
import type { LooseLogs } from "../reading/received-logs.ts";
import type { LooseMetrics } from "../reading/received-metrics.ts";
import { type LooseRequest, type Received, spansOf } from "../reading/received.ts";
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
  /** All requests of logs that it has taken. Waits until there are so many. */
  logs(atLeast: number): Promise<readonly LooseLogs[]>;
  metrics(atLeast: number): Promise<readonly LooseMetrics[]>;
  /** After it was stopped: with the same address and the same file. */
  startAgain(): Promise<void>;
}

const config = fileURLToPath(new URL("../collector/config.yaml", import.meta.url));
/** It flushes its file ten times a second. */
const patienceMs = 10_000;

export async function startCollector(folder: string): Promise<Collector> {
  const [otlp, health] = await freePorts(2);
  const written = (signal: Signal): readonly unknown[] =>
    requestsIn(join(folder, `${signal}.jsonl`));
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
    (written("traces") as readonly LooseRequest[]).flatMap(spansOf);
  return {
    endpoint: `http://127.0.0.1:${otlp}`,
    tracesUrl: `http://127.0.0.1:${otlp}/v1/traces`,
    hang: () => server.hang(),
    goOn: () => server.goOn(),
    stop: () => server.stop(),
    startAgain: async () => {
      server = await start();
    },
    spans: (atLeast) => onceThereAre(atLeast, spansNow),
    logs: (atLeast) => onceThereAre(atLeast, () => written("logs") as readonly LooseLogs[]),
    metrics: (atLeast) =>
      onceThereAre(atLeast, () => written("metrics") as readonly LooseMetrics[]),
  };
}

/** Requests in OTLP's JSON, one a line. */
function requestsIn(file: string): readonly unknown[] {
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  return lines.filter((line) => line !== "").map((line): unknown => JSON.parse(line));
}

async function onceThereAre<Item>(
  atLeast: number,
  now: () => readonly Item[],
): Promise<readonly Item[]> {
  const deadline = Date.now() + patienceMs;
  while (now().length < atLeast && Date.now() < deadline) await sleep(100);
  // Whatever it has taken more than once would come now.
  await sleep(300);
  return now();
}
