import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createObserver, createRecorder, diskJournal } from "@spoor/core";
import { readNdjson } from "@spoor/core/ndjson";
import { otel } from "@spoor/core/otel";
import { answers, backend } from "@spoor/testing/backend";
import { describe, expect, test } from "vitest";
import { recordingOf, runIn, temporaryFolder } from "../spoor.fixture.ts";

/** So that a test can read what arrives. */
const inJson = { OTEL_EXPORTER_OTLP_PROTOCOL: "http/json" };
const toolLoop = "18f4815b-0cc2-4381-831e-e92bac38d335";

async function imported(): Promise<string> {
  const cwd = temporaryFolder();
  await runIn(cwd, ["import", "claude-code", recordingOf("b-tool-loop")]);
  return cwd;
}

const spansIn = (requests: readonly { readonly body: Buffer }[]): number =>
  requests.flatMap(({ body }) => [...body.toString().matchAll(/"spanId":/g)]).length;

describe("a session", () => {
  test("goes to standard output as lines that can be read back, and nothing else does", async () => {
    const cwd = await imported();
    const { code, stdout, stderr } = await runIn(cwd, ["export", "18f", "--to", "ndjson"]);
    const record = readNdjson(stdout.split("\n"));
    const sessions = new Set<string>();
    let events = 0;
    for await (const event of record) {
      sessions.add(event.session);
      events += 1;
    }
    expect(code).toBe(0);
    expect([...sessions]).toEqual([toolLoop]);
    expect(stderr).toBe(`spoor: ndjson: ${events} of ${events} delivered\n`);
  });

  test("goes to a file, and says in JSON what became of it", async () => {
    const cwd = await imported();
    const args = ["export", "latest", "--to", "ndjson", "--file", "out.ndjson", "--json"];
    const { code, stdout } = await runIn(cwd, args);
    const { session, exporter, report } = JSON.parse(stdout);
    expect({ code, session, exporter }).toEqual({ code: 0, session: toolLoop, exporter: "ndjson" });
    const lines = readFileSync(join(cwd, "out.ndjson"), "utf8").trimEnd().split("\n");
    expect(report).toMatchObject({
      delivered: lines.length,
      dropped: 0,
      pending: 0,
      failure: null,
    });
  });

  test("goes to a collector, with content only where that is asked for", async () => {
    await using collector = await backend();
    const cwd = await imported();
    const send = (...more: readonly string[]) =>
      runIn(
        cwd,
        ["export", "latest", "--to", "otlp", "--url", `${collector.url}/v1/traces`, ...more],
        { env: inJson },
      );
    expect(await send()).toMatchObject({ code: 0 });
    const spans = spansIn(collector.requests);
    expect(spans).toBeGreaterThan(5);
    const said = collector.requests[0]?.body.toString() ?? "";
    expect(said).not.toContain("gen_ai.tool.call.arguments");
    const { stdout } = await send("--content", "full");
    expect(stdout).toBe(`otel: ${spans} of ${spans} delivered\n`);
    expect(collector.requests[1]?.body.toString()).toContain("gen_ai.tool.call.arguments");
  });

  test("goes to a Langfuse by its own variables, with content, and to the one that the command line names", async () => {
    await using langfuse = await backend(({ path }) =>
      path === "/api/public/health"
        ? { status: 200, body: JSON.stringify({ status: "OK", version: "4.16.0" }) }
        : answers.ok,
    );
    const env = {
      LANGFUSE_PUBLIC_KEY: "pk-lf-1",
      LANGFUSE_SECRET_KEY: "sk-lf-1",
      LANGFUSE_TRACING_ENABLED: "false",
      LANGFUSE_HOST: "http://127.0.0.1:9",
    };
    const args = ["export", "latest", "--to", "langfuse", "--url", langfuse.url];
    const { code, stdout } = await runIn(await imported(), args, { env });
    expect(stdout).toMatch(/^langfuse: (\d+) of \1 delivered\n$/);
    expect(code).toBe(0);
    const [, traces] = langfuse.requests;
    expect(traces?.path).toBe("/api/public/otel/v1/traces");
    expect(String(traces?.body)).toContain("langfuse.observation.input");
    const told = JSON.parse((await runIn(await imported(), [...args, "--json"], { env })).stdout);
    expect(told).toMatchObject({
      exporter: "langfuse",
      report: { dropped: 0, pending: 0 },
      companions: { "langfuse-scores": { delivered: 0, pending: 0, failure: null } },
    });
  });

  test("with a score tells of that beside its spans, without what passes it by", async () => {
    await using langfuse = await backend(({ path, body }) => {
      if (path === "/api/public/health") return { status: 200, body: '{"version":"4.16.0"}' };
      if (path !== "/api/public/ingestion") return answers.ok;
      const { batch } = JSON.parse(String(body)) as { readonly batch: readonly { id: string }[] };
      const successes = batch.map(({ id }) => ({ id, status: 201 }));
      return { status: 207, body: JSON.stringify({ successes, errors: [] }) };
    });
    const cwd = temporaryFolder();
    const journal = diskJournal({ dir: join(cwd, ".spoor") });
    const recorder = createRecorder({ journal, clock: () => 0 });
    const said = { session: "s", source: "api" } as const;
    recorder.emit({ ...said, type: "turn.started", key: "t", name: "turn" });
    recorder.emit({
      ...said,
      type: "score.given",
      on: "t",
      mark: "1",
      name: "helpful",
      value: true,
    });
    recorder.emit({ ...said, type: "turn.ended", key: "t", outcome: { status: "ok" } });
    await journal.close();
    const env = { LANGFUSE_PUBLIC_KEY: "pk-lf-1", LANGFUSE_SECRET_KEY: "sk-lf-1" };
    const args = ["export", "latest", "--to", "langfuse", "--url", langfuse.url];
    expect(await runIn(cwd, args, { env })).toMatchObject({
      code: 0,
      stdout: "langfuse: 1 of 1 delivered\nlangfuse-scores: 1 of 1 delivered\n",
    });
  });

  test("goes where the command line says, and not where the config does", async () => {
    await using configured = await backend();
    await using asked = await backend();
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: configured.url, ...inJson };
    const args = ["export", "latest", "--to", "otel", "--url", `${asked.url}/v1/traces`];
    expect(await runIn(await imported(), args, { env })).toMatchObject({ code: 0 });
    expect([configured.requests.length, asked.requests.length]).toEqual([0, 1]);
  });

  test("that a collector refuses is a problem, with the reason", async () => {
    await using collector = await backend(answers.status(401));
    const cwd = await imported();
    const args = ["export", "latest", "--to", "otlp", "--url", `${collector.url}/v1/traces`];
    const { code, stdout } = await runIn(cwd, args);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^otel: 0 of \d+ delivered, \d+ refused \(the collector answered 401/);
  });

  test.each([
    ["without a destination", ["latest"], "needs --to"],
    ["to nowhere", ["latest", "--to", "mars"], "no exporter mars"],
    ["and what is pending at once", ["latest", "--pending"], "one session, or --pending"],
    ["or nothing", [], "one session, or --pending"],
    [
      "with half its content",
      ["latest", "--to", "otlp", "--content", "half"],
      "--content is one of none, full, not half",
    ],
    ["and a report to one place", ["latest", "--to", "ndjson", "--json"], "give --file"],
    ["to a Langfuse that knows nobody", ["latest", "--to", "langfuse"], "set LANGFUSE_PUBLIC_KEY"],
    ["as rows to a file", ["latest", "--to", "langfuse", "--file", "x"], "--file says nothing"],
    ["to a folder", ["latest", "--to", "ndjson", "--file", "."], "is a folder"],
    ["as lines to an address", ["latest", "--to", "ndjson", "--url", "x"], "--url says nothing"],
    ["as spans to a file", ["latest", "--to", "otlp", "--file", "x"], "--file says nothing"],
    ["or what is pending, elsewhere", ["--pending", "--url", "x"], "--url says nothing"],
  ])("%s is one sentence and exit code 2", async (_, args, sentence) => {
    const { code, stdout, stderr } = await runIn(await imported(), ["export", ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^spoor: [^\n]+\n$/);
    expect(stderr).toContain(sentence);
  });
});

describe("what is pending", () => {
  test("is what the configured exporters do not have, once", async () => {
    await using collector = await backend();
    const cwd = await imported();
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...inJson };
    const first = await runIn(cwd, ["export", "--pending"], { env });
    const spans = spansIn(collector.requests);
    expect(first).toMatchObject({
      code: 0,
      stdout: `lane 0: otel: ${spans} of ${spans} delivered\n`,
    });
    const again = await runIn(cwd, ["export", "--pending", "--json"], { env });
    expect(JSON.parse(again.stdout)).toMatchObject({
      lanes: [{ lane: "0", state: "read", exporters: { otel: { accepted: 0, unread: 0 } } }],
    });
    expect(spansIn(collector.requests)).toBe(spans);
  });

  test("in a lane that a process writes is left to that process", async () => {
    const cwd = temporaryFolder();
    const dir = join(cwd, ".spoor");
    await using collector = await backend();
    const observer = createObserver({
      journal: { dir },
      exporters: [otel({ url: `${collector.url}/v1/traces`, protocol: "http/json" })],
    });
    observer.session().turn(() => {});
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...inJson };
    const { code, stdout } = await runIn(cwd, ["export", "--pending"], { env });
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: "lane 0: written by a process that runs, and delivers it itself\n",
    });
    await observer.close();
    expect(spansIn(collector.requests)).toBe(1);
  });

  test("without a configured exporter is a sentence", async () => {
    const { code, stderr } = await runIn(await imported(), ["export", "--pending"]);
    expect(code).toBe(2);
    expect(stderr).toContain("no exporter is configured");
  });
});
