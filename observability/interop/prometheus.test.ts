import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { installed } from "../../interop/otel/servers/installed.ts";
import { type Agents, startAgents } from "./agents.ts";
import {
  type PrometheusServer,
  startAlertmanager,
  startPrometheus,
  startWebhook,
  type Webhook,
} from "./servers.ts";

const place = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const rules = place("../prometheus/rules.yml");
const dashboard = readFileSync(place("../grafana/dashboard.json"), "utf8");

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "spoor-prometheus-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly status: number | null;
  readonly output: string;
}

function run(command: string, ...args: readonly string[]): Ended {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  return { status, output: `${stdout}${stderr}` };
}

const promtool = (...args: readonly string[]): Ended =>
  run(join(installed("prometheus"), "usr/bin/promtool"), ...args);
const succeeded = { status: 0, output: expect.any(String) };

test("Prometheus takes the rules, and each alert fires where it should and not just below it", () => {
  expect(promtool("check", "rules", rules)).toEqual(succeeded);
  expect(promtool("test", "rules", place("../prometheus/rules.test.yml"))).toEqual(succeeded);
});

test("the dashboard is one by Grafana's own types", () => {
  const typed = `import type { Dashboard } from "@grafana/schema";\nexport const dashboard: Dashboard = ${dashboard}`;
  writeFileSync(join(folder, "dashboard.ts"), typed);
  symlinkSync(join(installed("grafana"), "node_modules"), join(folder, "node_modules"));
  const options = ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext"];
  const types = ["--types", "", "--ignoreConfig"];
  expect(run("tsc", ...options, ...types, join(folder, "dashboard.ts"))).toEqual({
    status: 0,
    output: "",
  });
});

describe("a Prometheus that scrapes agents at work", () => {
  let agents: Agents;
  let webhook: Webhook;
  let server: PrometheusServer;
  const closings: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    agents = startAgents();
    closings.push(() => agents.close());
    webhook = await startWebhook();
    closings.push(() => webhook.close());
    const alertmanager = await startAlertmanager(folder, webhook.url);
    closings.push(() => alertmanager.stop());
    server = await startPrometheus(folder, {
      target: await agents.exporter.listening(),
      alertmanager: alertmanager.address,
      rules,
    });
    closings.push(() => server.stop());
    await until(async () => (await valueOf("up")) === 1);
    for (let time = 0; time < 3; time += 1) {
      await agents.work();
      await sleep(1_500);
    }
  });
  afterAll(async () => {
    for (const close of closings.toReversed()) await close();
  });

  async function valueOf(expression: string): Promise<number | null> {
    const [sample] = await server.query(expression);
    return sample ? Number(sample.value[1]) : null;
  }

  test("reads all that it is told, in OpenMetrics as well as in its own format", async () => {
    expect(await server.targetErrors()).toEqual([]);
    const told = await (await fetch(await agents.exporter.listening())).text();
    const calls = [...told.matchAll(/^spoor_tool_calls_total\{.*\} (\d+)$/gm)].map(countIn);
    const total = calls.reduce((sum, more) => sum + more, 0);
    expect(total).toBeGreaterThan(30);
    await until(async () => (await valueOf("sum(spoor_tool_calls_total)")) === total);
    expect(
      spawnSync(join(installed("prometheus"), "usr/bin/promtool"), ["check", "metrics"], {
        input: told,
        encoding: "utf8",
      })
        .stderr.split("\n")
        .filter((line) => /error|parsing/.test(line)),
    ).toEqual([]);
  });

  test("finds a series for every expression of the dashboard", async () => {
    const silent: string[] = [];
    for (const expression of expressionsIn(dashboard)) {
      const samples = await server.query(asGrafanaAsks(expression));
      const known = samples.filter(({ value: [, text] }) => text !== "NaN");
      if (known.length === 0) silent.push(expression);
    }
    expect(silent).toEqual([]);
  });

  test("has no series that names a session, a user or a span", async () => {
    const samples = await server.query('{__name__=~"spoor_.+|gen_ai_.+"}');
    const labels = new Set(samples.flatMap(({ metric }) => Object.keys(metric)));
    expect([...labels].toSorted()).toEqual([
      "__name__",
      "deployment_environment_name",
      "error_type",
      "gen_ai_agent_name",
      "gen_ai_operation_name",
      "gen_ai_provider_name",
      "gen_ai_request_model",
      "gen_ai_response_model",
      "gen_ai_token_modality",
      "gen_ai_token_type",
      "gen_ai_tool_name",
      "gen_ai_workflow_name",
      "instance",
      "job",
      "le",
      "spoor_feature",
      "spoor_finish_reason",
      "spoor_kind",
      "spoor_status",
    ]);
  });

  test("alerts when a tool fails again and again, and the alert arrives at a webhook", async () => {
    expect(webhook.received.some(({ alerts }) => alerts.some(isOfTool))).toBe(false);
    await agents.failAtTool(6);
    await until(() => webhook.received.some(({ alerts }) => alerts.some(isOfTool)));
    const alert = webhook.received.flatMap(({ alerts }) => alerts).find(isOfTool);
    expect(alert).toMatchObject({
      status: "firing",
      labels: { gen_ai_tool_name: "fetch_page", deployment_environment_name: "example" },
      annotations: { summary: "100% of the calls to fetch_page fail" },
    });
  });
});

const countIn = ([, digits]: RegExpExecArray): number => Number(digits);

const isOfTool = ({ labels }: { readonly labels: Readonly<Record<string, string>> }): boolean =>
  labels["alertname"] === "SpoorToolErrorsHigh" && labels["gen_ai_tool_name"] === "fetch_page";

/** Of all its panels. */
function expressionsIn(text: string): readonly string[] {
  const { panels } = JSON.parse(text) as {
    readonly panels: readonly { readonly targets?: readonly { readonly expr: string }[] }[];
  };
  return panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
}

/** With its variables put in, all features and environments chosen. */
const asGrafanaAsks = (expression: string): string =>
  expression
    .replaceAll(/\$(feature|environment)\b/g, ".*")
    .replaceAll("$__rate_interval", "1m")
    .replaceAll("$__range", "1m");

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error("it did not come to that within a minute");
    await sleep(250);
  }
}
