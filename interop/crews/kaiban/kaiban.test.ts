import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { renderTree, type SessionReport } from "@spoor/core";
import { afterAll, describe, expect, test } from "vitest";
import { spoorJson } from "../../audit/spoor-command.ts";

const program = fileURLToPath(new URL("programs/team.mjs", import.meta.url));

/** Given to the model, and in the environment of the team. */
const plantedKeys = ["sk-planted-0123456789abcdef", "planted-in-the-environment-42"];

interface Run {
  readonly folder: string;
  /** What the program says of how recording went. */
  readonly said: unknown;
  readonly report: SessionReport;
}

const runs = new Map<string, Promise<Run>>();

/** Each runs once: the tests look at the same run. */
function runOf(scenario: string): Promise<Run> {
  const run = runs.get(scenario) ?? recorded(scenario);
  runs.set(scenario, run);
  return run;
}

async function recorded(scenario: string): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), "spoor-kaiban-"));
  const said = await told(scenario, folder);
  const report = await spoorJson<SessionReport>(folder, "show", scenario, "--dir", folder);
  return { folder, said: JSON.parse(said), report };
}

/** The library itself writes to standard output, too: the program has the last word. */
function told(scenario: string, folder: string): Promise<string> {
  const environment = { ...process.env, HOME: folder, KAIBAN_TELEMETRY_OPT_OUT: "1" };
  const child = spawn(process.execPath, ["--conditions=@spoor/source", program, scenario, folder], {
    env: environment,
    stdio: ["ignore", "pipe", "ignore"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0
        ? resolve(output.trimEnd().split("\n").at(-1) ?? "")
        : reject(new Error(`${scenario} ended with ${code}: ${output.slice(-500)}`)),
    );
  });
}

afterAll(async () => {
  for (const { folder } of await Promise.all(runs.values()))
    rmSync(folder, { recursive: true, force: true });
});

const scenarios = {
  sequential: { input: 600, output: 60 },
  tools: { input: 1_500, output: 150 },
  dependency: { input: 600, output: 60 },
  blocked: { input: 300, output: 30 },
  error: { input: null, output: null },
  validation: { input: 300, output: 30 },
  pause: { input: 100, output: 10 },
  "pause-late": { input: null, output: null },
  stop: { input: null, output: null },
} as const;

describe.each(Object.entries(scenarios))("%s", (scenario, usage) => {
  test("is the tree that was looked at", async () => {
    const { report } = await runOf(scenario);
    const lines = renderTree(report, { times: false });
    const turns = lines.slice(lines.findIndex((line) => line.startsWith("turn")));
    const named = turns.join("\n").replaceAll(/(validation|resume) [-\da-f ]*\d{13}/g, "$1 …");
    await expect(`${named}\n`).toMatchFileSnapshot(`trees/${scenario}.txt`);
  });

  test("has the tokens that the model answered with, and none where it did not say", async () => {
    const { report } = await runOf(scenario);
    expect(report.session.usage).toMatchObject(usage);
  });

  test("lost nothing, and could record all", async () => {
    const { said } = await runOf(scenario);
    expect(said).toEqual({ failures: [0], refused: 0, lost: 0 });
  });

  test("has no byte of a key or of the environment", async () => {
    const { folder } = await runOf(scenario);
    const texts = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((file) => join(folder, file))
      .filter((file) => statSync(file).isFile())
      .map((file) => readFileSync(file, "utf8"));
    expect(texts.join("")).toContain("weigh");
    for (const key of plantedKeys) expect(texts.join("")).not.toContain(key);
  });
});
