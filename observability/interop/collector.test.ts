import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  costing,
  dawn,
  free,
  spanOf,
  usage,
} from "../../packages/core/src/metrics/measured.fixture.ts";
import { otelMetrics, prometheus } from "../../packages/core/src/metrics/index.ts";
import type { Span, SpanExporter } from "@spoor/core";
import { type CollectorServer, startCollector } from "./collector-server.ts";

let folder: string;
let collector: CollectorServer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "spoor-collector-"));
  collector = await startCollector(folder);
});
afterAll(async () => {
  await collector?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const context = { signal: new AbortController().signal, content: null };
const options = {
  environment: {},
  since: dawn,
  cost: ({ kind }: Span) => (kind === "model" ? costing(0.02) : free),
};

const turnOf = (id: string, later: number): readonly Span[] => {
  const turnSpanId = id as Span["spanId"];
  const at = { turnSpanId, startedAt: dawn + later, endedAt: dawn + later + 1_500 };
  const model = { usage: usage(100, 10), requestModel: "large", firstOutputAt: dawn + later + 200 };
  return [
    spanOf(`${id} call`, id, { kind: "model", ...model, ...at }),
    spanOf(`${id} tool`, id, {
      kind: "tool",
      name: 'a "tool"',
      status: "error",
      errorType: "Timeout",
      ...at,
    }),
    spanOf(`${id} flow`, id, { kind: "workflow", name: "release", ...at }),
    spanOf(id, null, { kind: "turn", agent: "doctor", ...at }),
  ];
};

describe("deltas that a Collector adds up for Prometheus", () => {
  const [call, ...others] = turnOf("b", 2_000);
  const batches = [turnOf("a", 0), call ? [call] : [], others, turnOf("c", 1_000)];

  test("are the same series, by name, label, bucket and value, as those of the scrape endpoint", async () => {
    const scraped = prometheus({ ...options, port: 0, service: "shop" });
    const sent = otelMetrics({ ...options, url: collector.metricsUrl, service: "shop" });
    for (const batch of batches) {
      await scraped.export(batch, context);
      await sent.export(batch, context);
    }
    const own = await (await fetch(await scraped.listening())).text();
    await scraped.close();
    const theirs = await collector.scrape();
    expect(seriesIn(theirs)).toEqual(seriesIn(own));
    expect(seriesIn(own).length).toBeGreaterThan(200);
    expect(typesIn(theirs)).toEqual(typesIn(own));
  });

  test("are taken of a process that came back under the same name, though what waited for it is older", async () => {
    const resource = { "service.instance.id": "pod 1" };
    const exporterSince = (since: number): SpanExporter =>
      otelMetrics({ ...options, since, url: collector.metricsUrl, service: "pod", resource });
    await exporterSince(dawn).export(turnOf("d", 5_000), context);
    await exporterSince(dawn + 10_000).export([...turnOf("e", 0), ...turnOf("f", 1_000)], context);
    const calls = (await collector.scrape())
      .split("\n")
      .filter((line) => line.startsWith("spoor_model_calls_total{") && line.includes("pod 1"));
    expect(calls.map((line) => line.split(" ").at(-1))).toEqual(["2"]);
  });
});

/** Without what a Collector says of who sent them. */
function seriesIn(text: string): readonly string[] {
  return text
    .split("\n")
    .filter((line) => /^(spoor|gen_ai)_/.test(line))
    .map((line) => {
      const [, name = "", labels = "", value = ""] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      const pairs = labels.match(/\w+="(?:[^"\\]|\\.)*"/g) ?? [];
      const told = pairs.filter((pair) => !/^(job|instance)=/.test(pair)).map(asNumber);
      return `${name}{${told.toSorted().join(",")}} ${Number(value).toPrecision(12)}`;
    })
    .toSorted();
}

/** A million is written in more than one way. */
const asNumber = (pair: string): string =>
  pair.replace(/^le="([\d.e+]+)"$/, (_, bound: string) => `le="${Number(bound)}"`);

const typesIn = (text: string): readonly string[] =>
  text
    .split("\n")
    .filter((line) => /^# TYPE (spoor|gen_ai)_/.test(line))
    .toSorted();
