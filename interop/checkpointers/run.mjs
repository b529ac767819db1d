import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { ensureInstalled, interrupted, npm } from "../../scripts/ensure-installed.mjs";
import { compared } from "./compared.mjs";
import { packages, postgres, redis, sqlite } from "./install.mjs";

// The audit of checkpointers at checkpointers of others, and at their databases. Says of each suite that it passed, that it failed, or that it was skipped and
// why. What was skipped is no success: 77 is what test runners know for it.

const skipped = 77;

/** A network that has only loopback, so that nothing can call home; and processes that end with it, whatever ends it. */
const alone = ["unshare", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"];

const here = fileURLToPath(new URL(".", import.meta.url));

/** Each a file of tests, on one kind of checkpointer, and what it needs beside the packages of this folder. */
const suites = {
  memory: { file: "conformance", database: "memory", needs: {} },
  sqlite: { file: "conformance", database: "sqlite", needs: { sqlite } },
  postgres: { file: "conformance", database: "postgres", needs: { postgres } },
  pglite: { file: "conformance", database: "pglite", needs: {} },
  redis: { file: "conformance", database: "redis", needs: { redis } },
  "history-sqlite": { file: "history", database: "sqlite", needs: { sqlite } },
  "history-postgres": { file: "history", database: "postgres", needs: { postgres } },
  "killed-sqlite": { file: "killed", database: "sqlite", needs: { sqlite } },
  "killed-postgres": { file: "killed", database: "postgres", needs: { postgres } },
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(suites, name));
if (unknown !== undefined) {
  say(`there is no suite ${unknown}: ${Object.keys(suites).join(", ")}`);
  process.exitCode = 2;
} else process.exitCode = (await ensureInstalled()) || (await runAll());

function say(line) {
  process.stdout.write(`${line}\n`);
}

async function runAll() {
  const isAlone = canBeAlone();
  if (!isAlone) say("without a network of their own, because this user cannot have one");
  const outcomes = [];
  for (const name of wanted.length > 0 ? wanted : Object.keys(suites)) {
    const begun = performance.now();
    const { line, code } = await run(name, isAlone);
    const seconds = Math.round((performance.now() - begun) / 100) / 10;
    say(`${name.padEnd(16)} ${line} (${seconds} s)`);
    outcomes.push(code);
    if (code === interrupted) break;
  }
  return [interrupted, 1, skipped].find((code) => outcomes.includes(code)) ?? 0;
}

async function run(name, isAlone) {
  const { file, database, needs } = suites[name];
  const environment = { SPOOR_INTEROP_DATABASE: database };
  for (const [what, install] of Object.entries({ packages, ...needs })) {
    const { path, missing } = install(say);
    if (missing !== undefined) return { line: `SKIPPED: ${missing}`, code: skipped };
    environment[`SPOOR_INTEROP_${what.toUpperCase()}`] = path;
  }
  return test(file, environment, isAlone);
}

/** What the tests say is told only where they fail. */
async function test(file, environment, isAlone) {
  const folder = mkdtempSync(join(tmpdir(), "spoor-checkpointers-"));
  const [log, report] = ["tests.log", "report.json"].map((name) => join(folder, name));
  const scratch = { HOME: folder, CLAUDE_CONFIG_DIR: join(folder, ".claude"), SPOOR_DIR: folder };
  const vitest = `node '${here}node_modules/vitest/vitest.mjs' run -c '${here}vitest.config.ts'`;
  const reporters = `--reporter=default --reporter=json --outputFile.json='${report}'`;
  const steps = [
    // For a program from elsewhere, npm puts that program's folder first, and an older Node may lie in it.
    'export PATH="$PWD/node_modules/.bin:$PATH"',
    ...(isAlone ? ["ip link set lo up"] : []),
    `${vitest} ${file} ${reporters} >'${log}' 2>&1`,
  ];
  const command = [...(isAlone ? alone : []), "sh", "-c", steps.join(" && ")];
  const code = await npm(["exec", "--loglevel=error", "--", ...command], {
    SPOOR_INTEROP_ALONE: isAlone ? "yes" : "no",
    NO_COLOR: "1",
    ...scratch,
    ...environment,
  });
  const outcome =
    code === interrupted ? { line: "interrupted", code } : outcomeOf(file, code, report);
  if (outcome.code === 1) say(readFileSync(log, "utf8"));
  rmSync(folder, { recursive: true, force: true });
  return outcome;
}

/** The official tests may fail on a checkpointer as it is: then they have to fail with a witness too. */
function outcomeOf(file, code, report) {
  if (file === "conformance" && existsSync(report))
    return compared(JSON.parse(readFileSync(report, "utf8")));
  return code === 0 ? { line: "passed", code } : { line: "FAILED", code: 1 };
}

function canBeAlone() {
  const [unshare, ...options] = alone;
  return spawnSync(unshare, [...options, "ip", "link", "set", "lo", "up"]).status === 0;
}
