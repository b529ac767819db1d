import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePorts } from "../../interop/otel/servers/free-ports.ts";
import { installed } from "../../interop/otel/servers/installed.ts";
import { startServer } from "../../interop/otel/servers/server-process.ts";

export interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  /** When, in seconds, and how much. */
  readonly value: readonly [number, string];
}

export interface PrometheusServer {
  query(expression: string): Promise<readonly Sample[]>;
  /** Why a target could not be read; empty where it could. */
  targetErrors(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** The alerts of one call, as Alertmanager posts them. */
export interface Notification {
  readonly alerts: readonly {
    readonly status: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  }[];
}

export interface Webhook {
  readonly url: string;
  readonly received: readonly Notification[];
  close(): Promise<void>;
}

const loopback = "127.0.0.1";

/** Where alerts are to arrive. */
export async function startWebhook(): Promise<Webhook> {
  const received: Notification[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push(JSON.parse(String(Buffer.concat(chunks))) as Notification);
      response.end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, loopback, listening));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  return { url: `http://${loopback}:${port}/`, received, close };
}

/** Brings what Prometheus finds to a webhook, without the usual waiting. */
export async function startAlertmanager(
  folder: string,
  webhook: string,
): Promise<{ readonly address: string; stop(): Promise<void> }> {
  const [port = 0] = await freePorts(1);
  const address = `${loopback}:${port}`;
  const config = join(folder, "alertmanager.yml");
  const route = { receiver: "webhook", group_wait: "1s", group_interval: "1s" };
  const receivers = [{ name: "webhook", webhook_configs: [{ url: webhook }] }];
  writeFileSync(config, JSON.stringify({ route, receivers }));
  const server = await startServer({
    command: join(installed("prometheus"), "usr/bin/prometheus-alertmanager"),
    args: [
      `--config.file=${config}`,
      `--storage.path=${join(folder, "alertmanager")}`,
      `--web.listen-address=${address}`,
      "--cluster.listen-address=",
    ],
    folder,
    ready: `http://${address}/-/ready`,
    patienceMs: 20_000,
  });
  return { address, stop: () => server.stop() };
}

export interface Watched {
  /** The full address of the metrics. */
  readonly target: string;
  readonly alertmanager: string;
  readonly rules: string;
}

/** Scrapes every second, and looks at its rules as often. */
export async function startPrometheus(
  folder: string,
  { target, alertmanager, rules }: Watched,
): Promise<PrometheusServer> {
  const [port = 0] = await freePorts(1);
  const url = `http://${loopback}:${port}`;
  const config = join(folder, "prometheus.yml");
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    config,
    JSON.stringify({
      global: { scrape_interval: "1s", evaluation_interval: "1s" },
      rule_files: [rules],
      alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanager] }] }] },
      scrape_configs: [
        { job_name: "agents", static_configs: [{ targets: [new URL(target).host] }] },
      ],
    }),
  );
  const server = await startServer({
    command: join(installed("prometheus"), "usr/bin/prometheus"),
    args: [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, "tsdb")}`,
      `--web.listen-address=${loopback}:${port}`,
      "--log.level=warn",
    ],
    folder,
    ready: `${url}/-/ready`,
    patienceMs: 20_000,
  });
  const asked = async <Data>(path: string): Promise<Data> => {
    const answer = (await (await fetch(`${url}/api/v1/${path}`)).json()) as {
      readonly status: string;
      readonly error?: string;
      readonly data: Data;
    };
    if (answer.status !== "success") throw new Error(`${path}: ${answer.error}`);
    return answer.data;
  };
  return {
    query: async (expression) => {
      const path = `query?query=${encodeURIComponent(expression)}`;
      return (await asked<{ readonly result: readonly Sample[] }>(path)).result;
    },
    targetErrors: async () => {
      const { activeTargets } = await asked<{ readonly activeTargets: readonly Target[] }>(
        "targets",
      );
      return activeTargets.map(({ lastError }) => lastError).filter((error) => error !== "");
    },
    stop: () => server.stop(),
  };
}

interface Target {
  readonly lastError: string;
}
