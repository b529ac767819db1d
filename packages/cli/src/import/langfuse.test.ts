import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Ran, runIn, temporaryFolder } from "../spoor.fixture.ts";

const call = {
  id: "call",
  traceId: "trace",
  type: "GENERATION",
  name: "answer",
  startTime: "2026-01-01T10:00:01.000Z",
  endTime: "2026-01-01T10:00:02.000Z",
  parentObservationId: "agent",
  model: "gpt-4o",
  usageDetails: { input: 10, output: 3 },
};
const agent = {
  id: "agent",
  traceId: "trace",
  type: "AGENT",
  name: "helper",
  startTime: "2026-01-01T10:00:00.500Z",
  endTime: "2026-01-01T10:00:03.000Z",
  parentObservationId: null,
};
const trace = {
  id: "trace",
  timestamp: "2026-01-01T10:00:00.000Z",
  name: "support",
  sessionId: "chat",
  observations: [call, agent],
  scores: [],
};

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const importIn = (cwd: string, ...names: readonly string[]): Promise<Ran> =>
  runIn(cwd, ["import", "langfuse", ...names, "--json"]);

const shown = async (cwd: string): Promise<string> =>
  (await runIn(cwd, ["show", "chat", "--json"])).stdout;

describe("a document", () => {
  test.each([
    ["on one line", JSON.stringify(trace)],
    ["pretty-printed", JSON.stringify(trace, null, 2)],
    ["with a mark of its byte order", `\uFEFF${JSON.stringify(trace)}`],
    ["of lines", [trace, call, agent].map((row) => JSON.stringify(row)).join("\n")],
  ])("%s is read whole, and again adds nothing", async (_, text) => {
    const cwd = folderWith({ "trace.json": text });
    const first = await importIn(cwd, "trace.json");
    expect({ ...first, stdout: JSON.parse(first.stdout) }).toMatchObject({
      code: 0,
      stderr: "",
      stdout: { sessions: ["chat"], unknown: 0, malformed: 0, files: 1, torn: 0, calls: 1 },
    });
    const tree = (await runIn(cwd, ["show", "chat"])).stdout;
    expect(tree).toMatch(/turn 0 support +ok/);
    expect(tree).toContain("model answer");

    writeFileSync(join(cwd, "copy.json"), text);
    const again = JSON.parse((await importIn(cwd, "trace.json", "copy.json")).stdout);
    expect(again).toMatchObject({ events: 0, files: 2, skipped: 1 });
  });

  test("that has grown adds what is new", async () => {
    const begun = { ...trace, observations: [{ ...agent, endTime: null }] };
    const cwd = folderWith({ "trace.json": JSON.stringify(begun) });
    await importIn(cwd, "trace.json");
    writeFileSync(join(cwd, "trace.json"), JSON.stringify(trace));
    await importIn(cwd, "trace.json");
    const whole = folderWith({ "trace.json": JSON.stringify(trace) });
    await importIn(whole, "trace.json");
    expect(await shown(cwd)).toBe(await shown(whole));
  });

  test("says what hangs on something that is in none of the files", async () => {
    const metadata = { "spoor.kind": "tool", "spoor.key": "tool", "spoor.status": "ok" };
    const traceId = "0".repeat(31).concat("1");
    const parentObservationId = "2".repeat(16);
    const row = { ...call, id: "3".repeat(16), type: "TOOL", traceId, sessionId: "chat", metadata };
    const lost = { ...row, parentObservationId };
    const cwd = folderWith({ "page.json": JSON.stringify({ data: [lost] }) });
    expect(JSON.parse((await importIn(cwd, "page.json")).stdout)).toMatchObject({ unplaced: 1 });
    const { stdout } = await runIn(cwd, ["import", "langfuse", "page.json", "--dir", "other"]);
    expect(stdout).toContain("1 span in no turn that is known");
    const above = { ...metadata, "spoor.kind": "turn", "spoor.key": "turn" };
    const turn = { ...row, id: parentObservationId, parentObservationId: null, metadata: above };
    writeFileSync(join(cwd, "page.json"), JSON.stringify({ data: [lost, turn] }));
    const whole = await runIn(cwd, ["import", "langfuse", "page.json", "--dir", "x", "--json"]);
    expect(JSON.parse(whole.stdout)).toMatchObject({ unplaced: 0 });
  });

  test("counts what is of a kind that nobody knows, and what is nothing of Langfuse", async () => {
    const lines = [{ ...agent, type: "HOLOGRAM" }, { no: "observation" }];
    const cwd = folderWith({ "rows.ndjson": lines.map((row) => JSON.stringify(row)).join("\n") });
    const { stdout } = await importIn(cwd, "rows.ndjson");
    expect(JSON.parse(stdout)).toMatchObject({ unknown: 1, malformed: 1, sessions: ["trace"] });
  });
});

describe("bad input", () => {
  test.each([
    ["what is no JSON", "x.json", '{"id":', /^spoor: .*x\.json cannot be read: it is no JSON/],
    ["other JSON", "x.json", '{"name":"x"}', /holds no trace or observation or score of Langfuse/],
    ["nothing", "x.json", "", /it is no JSON/],
    ["no such file", "y.json", "", /there is no file x\.json/],
  ])("%s is one sentence, and nothing is written", async (_, name, text, sentence) => {
    const cwd = folderWith({ [name]: text });
    const { code, stdout, stderr } = await importIn(cwd, "x.json");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(sentence);
    expect(stderr.trimEnd()).not.toContain("\n");
    expect(existsSync(join(cwd, ".spoor"))).toBe(false);
  });

  test("no file at all is asked for, because Langfuse keeps none here", async () => {
    const { code, stderr } = await importIn(temporaryFolder());
    expect(code).toBe(2);
    expect(stderr).toBe(
      "spoor: Langfuse keeps nothing on this machine: name files or folders to import\n",
    );
  });

  test("in a folder costs nobody the others, and is said", async () => {
    const cwd = folderWith({
      "traces/a/trace.json": JSON.stringify(trace),
      "traces/package.json": '{"name":"x"}',
      "traces/readme.md": "no trace",
    });
    const { code, stdout, stderr } = await importIn(cwd, "traces");
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ sessions: ["chat"], files: 2 });
    expect(stderr).toMatch(/package\.json was left out: it is JSON but holds no trace/);
  });

  test("an empty folder is said to have none of the files that are looked for", async () => {
    const cwd = folderWith({ "traces/readme.md": "" });
    expect((await importIn(cwd, "traces")).stderr).toBe(
      "spoor: there is no .json or .jsonl or .ndjson file in traces\n",
    );
  });
});
