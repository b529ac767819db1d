import { fileURLToPath } from "node:url";
import { freePorts } from "../../interop/otel/servers/free-ports.ts";
import { installed } from "../../interop/otel/servers/installed.ts";
import { startServer } from "../../interop/otel/servers/server-process.ts";

/** OpenTelemetry's Collector, which makes totals of what it is sent, and tells them to Prometheus. */
export interface CollectorServer {
  readonly metricsUrl: string;
  scrape(): Promise<string>;
  stop(): Promise<void>;
}

export async function startCollector(folder: string): Promise<CollectorServer> {
  const [otlp, health, scrape] = await freePorts(3);
  const server = await startServer({
    command: installed("collector"),
    args: ["--config", fileURLToPath(new URL("collector.yaml", import.meta.url))],
    environment: {
      OTLP_PORT: String(otlp),
      HEALTH_PORT: String(health),
      SCRAPE_PORT: String(scrape),
    },
    folder,
    ready: `http://127.0.0.1:${health}/`,
    patienceMs: 20_000,
  });
  return {
    metricsUrl: `http://127.0.0.1:${otlp}/v1/metrics`,
    scrape: async () => (await fetch(`http://127.0.0.1:${scrape}/metrics`)).text(),
    stop: () => server.stop(),
  };
}
