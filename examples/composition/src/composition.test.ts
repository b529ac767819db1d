import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { type ReceivedSpan, receivedSpans } from "@spoor/core";
import { verifyJournal } from "@spoor/core/audit";
import { type Backend, backend } from "@spoor/testing/backend";
import { type LangfuseServer, langfuseServer } from "@spoor/testing/langfuse-server";
import { afterAll, beforeAll, expect, test } from "vitest";

const turns = 40;
const failed = 2;
const address = "customer-3@example.com";
const pin = "pin-of-3";

const folder = mkdtempSync(join(tmpdir(), "spoor-composition-"));
let team: LangfuseServer;
let fleet: Backend;
let shown = "";
let told = "";
let atTheEnd = (): unknown => null;

beforeAll(async () => {
  team = await langfuseServer();
  fleet = await backend();
  const agent = spawn(
    process.execPath,
    ["--conditions=@spoor/source", fileURLToPath(new URL("main.ts", import.meta.url))],
    {
      env: {
        PATH: process.env["PATH"],
        TMPDIR: folder,
        HOME: folder,
        SPOOR_DIR: join(folder, ".spoor"),
        LANGFUSE_BASE_URL: team.url,
        LANGFUSE_PUBLIC_KEY: team.publicKey,
        LANGFUSE_SECRET_KEY: team.secretKey,
        OTEL_EXPORTER_OTLP_ENDPOINT: fleet.url,
        OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      },
    },
  );
  atTheEnd = () => agent.kill("SIGKILL");
  [shown, told] = await Promise.all([text(agent.stdout), text(agent.stderr), once(agent, "close")]);
}, 60_000);

afterAll(async () => {
  atTheEnd();
  await Promise.all([team.close(), fleet.close()]);
  rmSync(folder, { recursive: true, force: true });
});

const bytesOf = (dir: string): string =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"))
    .join("\n");

const sentToFleet = (): string =>
  fleet.requests.map(({ body }) => body.toString("utf8")).join("\n");

const spansOfFleet = (): readonly ReceivedSpan[] =>
  fleet.requests.flatMap(({ body }) => receivedSpans(JSON.parse(body.toString("utf8"))) ?? []);

test("the record has every turn with its addresses, signed, and no secret", () => {
  const record = bytesOf(join(folder, ".spoor"));
  expect(record).toContain(address);
  expect(record).not.toContain(pin);
  const { findings, lanes } = verifyJournal(join(folder, ".spoor"));
  expect(findings).toEqual([]);
  expect(lanes).toHaveLength(1);
  expect(record.split('"type":"turn.started"')).toHaveLength(turns + 1);
});

test("the team reads every turn and what was said in it, without an address or a secret", () => {
  const stored = team.stored();
  const everything = JSON.stringify(stored);
  expect(stored.traces).toHaveLength(turns);
  expect(everything).toContain("Which plan am I on?");
  expect(everything).toContain("[redacted:email]");
  expect(everything).not.toContain(address);
  expect(everything).not.toContain(pin);
});

test("the fleet sees some turns and all that failed, and nothing of what was said", () => {
  const spans = spansOfFleet();
  const traces = Map.groupBy(spans, ({ traceId }) => traceId);
  const withErrors = [...traces.values()].filter((trace) =>
    trace.some(({ status }) => status.code === "error"),
  );
  expect(withErrors).toHaveLength(failed);
  expect(traces.size).toBeLessThan(turns);
  expect(sentToFleet()).not.toContain("Which plan am I on?");
  expect(sentToFleet()).not.toContain("example.com");
});

test("whoever sits in front sees it happen, and everything adds up", () => {
  expect(shown).toContain("look_up_customer");
  expect(told).toMatch(/^langfuse: \d+ delivered, 0 filtered, 0 dropped, 0 pending$/m);
  expect(told).toMatch(/^otel: \d+ delivered, \d+ filtered, 0 dropped, 0 pending$/m);
  expect(told).toMatch(/^console: \d+ delivered, 0 filtered, 0 dropped, 0 pending$/m);
});
