import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { createObserver, type Observer } from "@spoor/core";
import { otel } from "@spoor/core/otel";
import { afterEach, beforeEach, expect, test } from "vitest";
import { distinctIn, repeatedIn } from "./reading/repeated.ts";
import { type Collector, startCollector } from "./servers/collector.ts";
import { delivered } from "./sessions/deliver.ts";
import { heapBytes } from "./sessions/heap.ts";
import { operate } from "./sessions/operations.ts";

/** Two minutes by hand; a moment in CI. */
const outageMs = Number(process.env["SPOOR_INTEROP_OUTAGE_MS"] ?? 5_000);
/** The longest pause between two attempts is half a minute. */
const patienceMs = 60_000;
const mebibyte = 1024 ** 2;

let folder: string;
let collector: Collector;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "spoor-interop-"));
  collector = await startCollector(folder);
});
afterEach(async () => {
  await collector.stop();
  rmSync(folder, { recursive: true, force: true });
});

function observing(given: { readonly fetch?: typeof fetch } = {}): Observer {
  return createObserver({
    journal: { dir: join(folder, ".spoor") },
    maxWaitingBytes: mebibyte,
    exporters: [otel({ environment: {}, url: collector.tracesUrl, ...given })],
  });
}

const reportOf = (observer: Observer) => observer.health().exporters["otel"];

test("10,000 operations in one tick arrive, each once", async () => {
  const observer = observing();
  operate(observer, "burst", 10_000);
  await observer.close({ timeoutMs: patienceMs });
  expect(reportOf(observer)).toMatchObject({
    accepted: 10_000,
    delivered: 10_000,
    maybeDuplicate: 0,
  });
  const received = await collector.spans(10_000);
  expect([received.length, distinctIn(received)]).toEqual([10_000, 10_000]);
});

test(
  "what happens while the Collector is down arrives when it is back, each once, in bounded memory",
  { timeout: outageMs + 3 * patienceMs },
  async () => {
    const observer = observing();
    operate(observer, "before", 100);
    await observer.flush({ timeoutMs: patienceMs });
    await collector.stop();
    const before = heapBytes();
    const until = Date.now() + outageMs;
    let operations = 0;
    for (; Date.now() < until || operations < 20_000; operations += 1_000) {
      operate(observer, `during ${operations}`, 1_000);
      await sleep(outageMs / 40);
    }
    const report = reportOf(observer);
    expect(report?.failure?.message).toContain("could not be reached");
    expect(report?.unread).toBeGreaterThan(operations);
    expect(heapBytes() - before).toBeLessThan(16 * mebibyte);
    await collector.startAgain();
    operate(observer, "after", 100);
    const all = 100 + operations + 100;
    await observer.close({ timeoutMs: patienceMs });
    expect(reportOf(observer)).toMatchObject({
      accepted: all,
      delivered: all,
      dropped: 0,
      maybeDuplicate: 0,
    });
    const received = await collector.spans(all);
    expect([received.length, distinctIn(received)]).toEqual([all, all]);
  },
);

test("a span is there twice only where an answer was lost, and that is counted", async () => {
  let answers = 0;
  const observer = observing({
    fetch: async (...request) => {
      const answer = await fetch(...request);
      answers += 1;
      if (answers % 3 === 1) throw new TypeError("fetch failed", { cause: new Error("cut") });
      return answer;
    },
  });
  operate(observer, "lossy", 3_000);
  await observer.close({ timeoutMs: patienceMs });
  const report = reportOf(observer);
  expect(report).toMatchObject({ accepted: 3_000, delivered: 3_000 });
  expect(report?.maybeDuplicate).toBeGreaterThan(0);
  const received = await collector.spans(3_000 + (report?.maybeDuplicate ?? 0));
  expect([distinctIn(received), repeatedIn(received)]).toEqual([3_000, report?.maybeDuplicate]);
});

test("nobody waits for a Collector that hangs, and it has everything once it goes on", async () => {
  const observer = observing();
  collector.hang();
  const begun = performance.now();
  operate(observer, "hung", 1_000);
  await observer.flush({ timeoutMs: 500 });
  expect(performance.now() - begun).toBeLessThan(5_000);
  expect(reportOf(observer)).toMatchObject({ delivered: 0 });
  collector.goOn();
  await observer.close({ timeoutMs: patienceMs });
  const received = await collector.spans(1_000);
  expect(reportOf(observer)).toMatchObject({ accepted: 1_000, delivered: 1_000 });
  expect(distinctIn(received)).toBe(1_000);
  expect(repeatedIn(received)).toBeLessThanOrEqual(reportOf(observer)?.maybeDuplicate ?? 0);
});

test("what a process leaves behind while the Collector is away, the next one delivers", async () => {
  const observer = observing();
  operate(observer, "sent", 200);
  await observer.flush({ timeoutMs: patienceMs });
  await collector.stop();
  operate(observer, "left", 1_000);
  await observer.close({ timeoutMs: 200 });
  await collector.startAgain();
  const { report } = await delivered(join(folder, ".spoor"), {
    name: "otel",
    url: collector.tracesUrl,
  });
  expect(report).toEqual({ accepted: 1_000, delivered: 1_000, dropped: 0, pending: 0 });
  const received = await collector.spans(1_200);
  expect([received.length, distinctIn(received)]).toEqual([1_200, 1_200]);
});
