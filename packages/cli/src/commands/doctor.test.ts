import { chmodSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import process from "node:process";
import { createObserver, createRecorder, diskJournal } from "@spoor/core";
import { answers, backend } from "@spoor/testing/backend";
import { expect, test } from "vitest";
import type { Diagnosis } from "../doctor/diagnosis.ts";
import type { Io } from "../io.ts";
import { noon, type Ran, recordingOf, runIn, temporaryFolder } from "../spoor.fixture.ts";

const name = "spoor.config.json";

function folderWith(config: object | string): string {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, name), typeof config === "string" ? config : JSON.stringify(config));
  return cwd;
}

async function diagnosed(
  cwd: string,
  env: Io["env"] = {},
  ...args: readonly string[]
): Promise<Diagnosis & Pick<Ran, "code">> {
  const { code, stdout } = await runIn(cwd, ["doctor", "--json", ...args], { env });
  return { ...JSON.parse(stdout), code };
}

const codesOf = ({ findings }: Diagnosis): readonly string[] => findings.map(({ code }) => code);

test("where there is nothing, there is no problem, and nothing is made", async () => {
  const cwd = temporaryFolder();
  const diagnosis = await diagnosed(cwd);
  expect(diagnosis).toMatchObject({ code: 0, journal: { exists: false, writable: true } });
  expect(codesOf(diagnosis)).toEqual(["NO_EXPORTER", "JOURNAL_MISSING"]);
  expect(readdirSync(cwd)).toEqual([]);
});

test("every value is told with who said it", async () => {
  const cwd = folderWith({ settleMs: 90_000, exporters: ["console"] });
  const { stdout } = await runIn(cwd, ["doctor", "--dir", "there"], { env: { SPOOR_DIR: "x" } });
  expect(stdout).toMatch(/journal\.dir +\/.*\/there +option --dir\n/);
  expect(stdout).toMatch(/journal\.maxBytes +2 GiB +default\n/);
  expect(stdout).toMatch(/settleMs +1\.5 min +file spoor\.config\.json\n/);
  expect(stdout).toMatch(/exporters +console +file spoor\.config\.json\n/);
  expect(stdout).toContain("  console: all events, with content\n");
  expect(stdout).toContain("No problem found.\n");
});

test("a journal where nobody configured one is told, because its writer was given no config", async () => {
  const cwd = folderWith({ journal: { dir: "records" } });
  expect(codesOf(await diagnosed(cwd))).not.toContain("JOURNAL_ELSEWHERE");
  await createObserver({ journal: { dir: join(cwd, ".spoor") } }).close();
  expect(codesOf(await diagnosed(cwd))).toContain("JOURNAL_ELSEWHERE");
  expect(codesOf(await diagnosed(cwd, {}, "--dir", "named"))).not.toContain("JOURNAL_ELSEWHERE");
  expect(codesOf(await diagnosed(temporaryFolder()))).not.toContain("JOURNAL_ELSEWHERE");
});

test("the journal of an observer without a config is told, too, where a variable has placed it", async () => {
  const cwd = folderWith({ journal: { dir: "records" } });
  const unconfigured = join(cwd, "by-variable");
  await createObserver({ journal: { dir: unconfigured } }).close();
  const { journal } = await diagnosed(cwd, { SPOOR_DIR: "by-variable" });
  expect(journal).toMatchObject({ dir: join(cwd, "records"), elsewhere: unconfigured });
});

test("a config in another folder leaves the journal here, and what lies beside it is told", async () => {
  const cwd = temporaryFolder();
  const other = folderWith({ settleMs: 1 });
  await createObserver({ journal: { dir: join(other, ".spoor") } }).close();
  const { journal } = await diagnosed(cwd, {}, "--config", join(other, name));
  expect(journal).toMatchObject({ dir: join(cwd, ".spoor"), elsewhere: join(other, ".spoor") });
});

test("prices that cannot be used are told of, and a token in an address is not", async () => {
  const refresh = "https://prices.example/list.json?token=SECRET";
  const cwd = folderWith({ prices: { file: "none.json", refresh } });
  const { code, stdout } = await runIn(cwd, ["doctor"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/· costs are told by other prices .*none\.json cannot be read/);
  expect(stdout).toContain("https://prices.example/list.json");
  expect(stdout).not.toContain("SECRET");
  expect(codesOf(await diagnosed(folderWith({ prices: { refresh } })))).not.toContain(
    "PRICES_UNUSABLE",
  );
});

test("a config that cannot be used is a problem that names all that is wrong", async () => {
  const cwd = folderWith({ exporter: [], settleMs: "2s" });
  const { code, stdout } = await runIn(cwd, ["doctor"]);
  expect(code).toBe(1);
  expect(stdout).toContain("Config: none that can be used\n");
  expect(stdout).toContain("unknown key `exporter` in config, did you mean `exporters`?");
  expect(stdout).toContain('`settleMs`: expected a number from 0 to 2147483647, received "2s"');
  expect(stdout).toContain("1 problem found.\n");
});

test.each([
  [["--config", "nope.ts"], "there is no file"],
  [["--confg", "x"], "has no option --confg"],
  [["now"], "takes options only, not now"],
])("%j is bad input", async (args, sentence) => {
  const { code, stdout, stderr } = await runIn(temporaryFolder(), ["doctor", ...args]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(sentence);
});

test("a folder that cannot be made is a problem", async () => {
  const cwd = folderWith({ journal: { dir: `${name}/below` } });
  const diagnosis = await diagnosed(cwd);
  expect(diagnosis.code).toBe(1);
  expect(codesOf(diagnosis)).toContain("JOURNAL_NOT_WRITABLE");
});

test("a journal is told with its lanes, and who writes them", async () => {
  const cwd = temporaryFolder();
  await runIn(cwd, ["import", "claude-code", recordingOf("a-simple")]);
  const journal = diskJournal({ dir: join(cwd, ".spoor") });
  const second = diskJournal({ dir: join(cwd, ".spoor") });
  await journal.close();
  const { journal: state } = await diagnosed(cwd);
  expect(state).toMatchObject({ sessions: 1 });
  expect(state?.lanes.map(({ lane, writer }) => [lane, writer.state])).toEqual([
    ["0", "none"],
    ["1", "writing"],
  ]);
  expect(state?.lanes[1]?.writer.pid).toBe(process.pid);
  expect(state?.lanes[0]?.bytes).toBeGreaterThan(state?.lanes[0]?.entries ?? Infinity);
  await second.close();
});

test("a seal is looked at: how far it goes, and for how long the rest has been waiting", async () => {
  const cwd = folderWith({ exporters: ["console"] });
  await runIn(cwd, ["import", "claude-code", recordingOf("a-simple")]);
  const before = await diagnosed(cwd);
  expect(before.journal?.lanes).toMatchObject([{ seal: null }]);
  expect(codesOf(before)).not.toContain("LANE_NOT_SEALED");
  await runIn(cwd, ["seal"]);
  const after = await diagnosed(cwd);
  const [lane] = after.journal?.lanes ?? [];
  expect(lane?.seal).toMatchObject({ size: lane?.entries, unsealed: 0, problems: [] });
  await runIn(cwd, ["import", "claude-code", recordingOf("b-tool-loop")]);
  const later = { now: () => noon + 3_600_000 };
  const { stdout } = await runIn(cwd, ["doctor"], later);
  expect(stdout).toMatch(/seal of \d+, \d+ behind/);
  expect(stdout).toMatch(/entries are under no signature, the first for 1 h/);
  chmodSync(join(cwd, ".spoor/lanes/0/seal/key"), 0o644);
  writeFileSync(join(cwd, ".spoor/lanes/0/seal/checkpoint"), "torn");
  const broken = await diagnosed(cwd);
  expect([broken.code, ...codesOf(broken)]).toEqual(
    expect.arrayContaining([1, "SEAL_BROKEN", "SEAL_KEY_EXPOSED"]),
  );
});

test("an exporter that has entries to read is a problem only where nobody delivers", async () => {
  const cwd = folderWith({ exporters: ["console"] });
  const journal = diskJournal({ dir: join(cwd, ".spoor") });
  const recorder = createRecorder({ journal, clock: () => 0 });
  for (const key of ["a", "b", "c"])
    recorder.emit({ type: "turn.started", session: "s", source: "api", key, name: "turn" });
  mkdirSync(join(cwd, ".spoor/cursors/console"), { recursive: true });
  writeFileSync(
    join(cwd, ".spoor/cursors/console/0.json"),
    JSON.stringify({
      v: 0,
      sequence: journal.tail.sequence - 2,
      foldFrom: { segment: 1, offset: 0 },
      outstanding: ["x"],
    }),
  );
  const live = await diagnosed(cwd);
  expect(live.exporters[0]?.cursors).toEqual([{ lane: "0", unread: 2, outstanding: 1 }]);
  expect([live.code, ...codesOf(live)]).toEqual([0, "EXPORTER_CATCHING_UP"]);
  await journal.close();
  const left = await diagnosed(cwd);
  expect([left.code, ...codesOf(left)]).toEqual([1, "EXPORTER_BEHIND", "TURNS_OPEN"]);
});

test("no key, password or header is ever printed", async () => {
  const address = "https://user:hunter2@collector.example/v1/traces?key=hunter2";
  const env = {
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: address,
    OTEL_EXPORTER_OTLP_HEADERS: "authorization=hunter2",
    LANGFUSE_PUBLIC_KEY: "hunter2",
    LANGFUSE_SECRET_KEY: "hunter2",
  };
  const to = { to: "otel", url: "http://c/v1/traces", headers: { authorization: "hunter2" } };
  const cwds = [temporaryFolder(), folderWith({ exporters: [to] })];
  for (const cwd of cwds)
    for (const args of [["doctor"], ["doctor", "--json"]]) {
      const { stdout } = await runIn(cwd, args, { env });
      expect(stdout).toContain("langfuse");
      expect(stdout).not.toContain("hunter2");
    }
  const { exporters } = await diagnosed(temporaryFolder(), env);
  expect(exporters.at(-1)).toMatchObject({
    name: "otel",
    destination: "https://collector.example/v1/traces?…",
  });
});

test("an address that cannot be one is a problem before anything is sent", async () => {
  const env = { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "collector.example" };
  const diagnosis = await diagnosed(temporaryFolder(), env);
  expect(diagnosis.code).toBe(1);
  expect(codesOf(diagnosis)).toContain("DESTINATION_UNUSABLE");
});

test("who takes only some events says which, and of which turns", async () => {
  const env = {
    LANGFUSE_PUBLIC_KEY: "pk-lf-1",
    LANGFUSE_SECRET_KEY: "sk-lf-1",
    LANGFUSE_SAMPLE_RATE: "0.1",
  };
  const { stdout } = await runIn(temporaryFolder(), ["doctor"], { env });
  expect(stdout).toContain("  langfuse: spans of 10 % of turns, with content\n");
  expect(stdout).toContain("  langfuse-scores: score.given of 10 % of turns, with content\n");
});

test("variables that lead to two places are told, and nothing is asked there", async () => {
  const env = {
    LANGFUSE_PUBLIC_KEY: "pk-lf-1",
    LANGFUSE_SECRET_KEY: "sk-lf-1",
    LANGFUSE_BASE_URL: "http://127.0.0.1:9",
    LANGFUSE_HOST: "http://127.0.0.1:10",
  };
  const diagnosis = await diagnosed(temporaryFolder(), env);
  expect(diagnosis.code).toBe(1);
  expect(diagnosis.findings[0]).toMatchObject({
    code: "DESTINATION_UNUSABLE",
    message: expect.stringMatching(
      /LANGFUSE_BASE_URL says .* and LANGFUSE_HOST says .*, unset one/,
    ),
  });
});

test("keys that cannot be a pair are told without asking anybody", async () => {
  const env = { LANGFUSE_PUBLIC_KEY: "sk-lf-hush", LANGFUSE_SECRET_KEY: "pk-lf-1" };
  const { findings, exporters } = await diagnosed(temporaryFolder(), env);
  expect(exporters.map(({ companionOf }) => companionOf)).toEqual([null, "langfuse"]);
  expect(findings.map(({ code, message }) => [code, message])).toEqual([
    [
      "DESTINATION_UNUSABLE",
      "langfuse cannot send anything: the two keys of Langfuse are in each other's place, the public one begins with pk-lf-",
    ],
    ["JOURNAL_MISSING", expect.any(String)],
  ]);
});

test("only --connect looks whether something listens, and sends nothing there", async () => {
  let heard = 0;
  let visits = 0;
  const server = createServer((socket) => {
    visits += 1;
    socket.on("data", () => (heard += 1)).on("error", () => {});
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` };
  const cwd = temporaryFolder();
  expect((await diagnosed(cwd, env)).exporters[0]?.reachable).toBeNull();
  expect(visits).toBe(0);
  expect((await diagnosed(cwd, env, "--connect")).exporters[0]?.reachable).toBe(true);
  server.close();
  await once(server, "close");
  const closed = await diagnosed(cwd, env, "--connect");
  expect(closed.exporters[0]?.reachable).toBe(false);
  expect([closed.code, closed.findings[0]?.code]).toEqual([1, "DESTINATION_UNREACHABLE"]);
  expect(heard).toBe(0);
});

test("where requests go through a proxy, no connection of its own tells that nothing answers", async () => {
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9",
    NODE_USE_ENV_PROXY: "1",
    HTTPS_PROXY: "http://127.0.0.1:10",
  };
  const { code, exporters } = await diagnosed(temporaryFolder(), env, "--connect");
  expect([code, exporters[0]?.reachable]).toEqual([0, null]);
});

test("--connect asks a Langfuse whether it would take what is sent, and tells what it has against it", async () => {
  await using langfuse = await backend(({ path }) =>
    path === "/api/public/health"
      ? { status: 200, body: JSON.stringify({ status: "OK", version: "4.16.0" }) }
      : answers.status(401, '{"message":"Invalid credentials"}'),
  );
  const env = {
    LANGFUSE_PUBLIC_KEY: "pk-lf-1",
    LANGFUSE_SECRET_KEY: "sk-lf-1",
    LANGFUSE_BASE_URL: langfuse.url,
  };
  const diagnosis = await diagnosed(temporaryFolder(), env, "--connect");
  expect([diagnosis.code, ...codesOf(diagnosis)]).toEqual([
    1,
    "DESTINATION_REFUSES",
    "JOURNAL_MISSING",
  ]);
  expect(diagnosis.findings[0]?.message).toContain("pk-lf-1 (401), check that both keys belong");
  expect(langfuse.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    "GET /api/public/health",
    "POST /api/public/otel/v1/traces",
  ]);
});
