import { spawnSync } from "node:child_process";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import process from "node:process";
import { afterEach, expect, test } from "vitest";
import { ExportFailure } from "../../pipeline/export-failure.ts";
import { dawn, spanOf } from "../measured.fixture.ts";
import { prometheus, type PrometheusExporter, type PrometheusOptions } from "./prometheus.ts";

const closings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0)) await close();
});

function exporterAt(options: PrometheusOptions = {}): PrometheusExporter {
  const exporter = prometheus({
    port: 0,
    environment: {},
    since: dawn,
    clock: () => dawn,
    ...options,
  });
  closings.push(() => exporter.close());
  return exporter;
}

const context = { signal: new AbortController().signal, content: null };
const tool = spanOf("tool", "turn", { kind: "tool", name: "search" });
const turn = spanOf("turn", null, { kind: "turn", agent: "doctor" });
const callsIn = (text: string): string | undefined => /^spoor_tool_calls_total.*$/m.exec(text)?.[0];

test("counts grow from batch to batch, and a scrape changes nothing", async () => {
  const exporter = exporterAt();
  const url = await exporter.listening();
  const scraped = async (): Promise<string | undefined> => callsIn(await (await fetch(url)).text());
  expect(await scraped()).toBeUndefined();
  await exporter.export([tool], context);
  await exporter.export([tool, tool], context);
  const line = 'spoor_tool_calls_total{spoor_status="ok",gen_ai_tool_name="search"} 3';
  expect([await scraped(), await scraped()]).toEqual([line, line]);
});

test("a scrape that asks for OpenMetrics gets it", async () => {
  const exporter = exporterAt();
  await exporter.export([tool], context);
  const accept = "application/openmetrics-text;version=1.0.0,text/plain;q=0.5";
  const answer = await fetch(await exporter.listening(), { headers: { accept } });
  expect(answer.headers.get("content-type")).toMatch(/^application\/openmetrics-text; version=1/);
  expect(await answer.text()).toMatch(/# EOF\n$/);
});

test("the highest of a while is forgotten after it", async () => {
  let now = dawn;
  const exporter = exporterAt({ clock: () => now });
  const longest = async (): Promise<string | undefined> =>
    /^spoor_turn_longest_seconds\{.*$/m.exec(
      await (await fetch(await exporter.listening())).text(),
    )?.[0];
  await exporter.export([turn], context);
  expect(await longest()).toBe('spoor_turn_longest_seconds{gen_ai_agent_name="doctor"} 1');
  now += 300_001;
  expect(await longest()).toBeUndefined();
});

test("a taken port breaks nothing: it is said when something is to be exported, and tried again", async () => {
  const taker = createServer();
  await new Promise<void>((listening) => taker.listen(0, "127.0.0.1", listening));
  const { port } = taker.address() as AddressInfo;
  const exporter = exporterAt({ port });
  const failure: unknown = await exporter.export([tool], context).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ExportFailure);
  expect(failure).toMatchObject({
    message: `port ${port} of 127.0.0.1 is taken, so Prometheus cannot ask there: give prometheus() another port`,
    retry: "same",
    answered: true,
    needsRepair: true,
  });
  await new Promise((closed) => taker.close(closed));
  await exporter.export([tool], context);
  expect(callsIn(await (await fetch(await exporter.listening())).text())).toMatch(/ 1$/);
});

test("a port that stays taken is tried as often as is asked, and no try leaves anything behind", async () => {
  const taker = createServer();
  await new Promise<void>((listening) => taker.listen(0, "127.0.0.1", listening));
  const { port } = taker.address() as AddressInfo;
  const warnings: Error[] = [];
  const note = (warning: Error): number => warnings.push(warning);
  process.on("warning", note);
  const exporter = exporterAt({ port });
  for (let time = 0; time < 12; time += 1)
    await expect(exporter.listening()).rejects.toThrow("is taken");
  await new Promise((next) => setImmediate(next));
  process.off("warning", note);
  expect(warnings).toEqual([]);
  await new Promise((closed) => taker.close(closed));
});

test("only this machine can ask, only for metrics, and under no name but its own", async () => {
  const exporter = exporterAt();
  const { origin, hostname, port } = new URL(await exporter.listening());
  expect(hostname).toBe("127.0.0.1");
  expect((await fetch(`${origin}/`)).status).toBe(404);
  expect((await fetch(`${origin}/metrics`, { method: "POST" })).status).toBe(405);
  const rebound = await new Promise((answered) => {
    const headers = { host: "evil.example" };
    request({ hostname, port, path: "/metrics", headers }, ({ statusCode }) =>
      answered(statusCode),
    ).end();
  });
  expect(rebound).toBe(400);
});

test("what was given up before it was counted is not counted", async () => {
  const exporter = exporterAt();
  await expect(
    exporter.export([tool], { ...context, signal: AbortSignal.abort() }),
  ).rejects.toThrow();
  expect(callsIn(await (await fetch(await exporter.listening())).text())).toBeUndefined();
});

test("closing ends it, also while a scrape keeps its connection", async () => {
  const exporter = exporterAt();
  const url = await exporter.listening();
  await (await fetch(url)).text();
  await exporter.close();
  await expect(fetch(url)).rejects.toThrow();
  await expect(exporter.export([tool], context)).rejects.toThrow("it was closed");
});

test("a process ends by itself, though somebody is still asking", () => {
  const module = new URL("prometheus.ts", import.meta.url).href;
  const code = `const { prometheus } = await import(${JSON.stringify(module)});
    const { connect } = await import("node:net");
    const { port, hostname } = new URL(await prometheus({ port: 0 }).listening());
    const unfinished = connect(Number(port), hostname).unref();
    await new Promise((written) => unfinished.write("GET /metrics HTTP/1.1\\r\\n", written));
    await new Promise((reached) => setTimeout(reached, 200));`;
  const { status, stderr, signal } = spawnSync(
    process.execPath,
    ["--input-type=module", "--eval", code],
    { timeout: 20_000, encoding: "utf8" },
  );
  expect([stderr, signal, status]).toEqual(["", null, 0]);
});
