import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { ensureInstalled, interrupted, npm } from "../../scripts/ensure-installed.mjs";
import { checker, fsck, minio, mirror, omniwitness, oneshot } from "./install.mjs";
import { strace } from "./faults/install.mjs";

// The audit code at programs of others. Says of each suite that it passed, that it failed, or that it was skipped and why. What was skipped is no
// success: 77 is what test runners know for it.

const skipped = 77;

/** A network that has only loopback, so that nothing can call home; and processes that end with it, whatever ends it. */
const alone = ["unshare", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"];

/** Each a file of tests, and what it needs, under the name that the file knows it by. */
const suites = {
  audit: { audit: checker },
  tessera: { fsck },
  oneshot: { oneshot, fsck },
  mirror: { mirror, fsck },
  journal: { audit: checker, fsck },
  witness: {},
  omniwitness: { omniwitness },
  cosigned: { omniwitness, audit: checker },
  minio: { minio },
  faults: { strace, fsck },
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
    const { line, code } = await run(name, isAlone);
    say(`${name.padEnd(11)} ${line}`);
    outcomes.push(code);
    if (code === interrupted) break;
  }
  return [interrupted, 1, skipped].find((code) => outcomes.includes(code)) ?? 0;
}

async function run(name, isAlone) {
  const environment = {};
  for (const [what, install] of Object.entries(suites[name])) {
    const { path, missing } = install(say);
    if (missing !== undefined) return { line: `SKIPPED: ${missing}`, code: skipped };
    environment[`SPOOR_INTEROP_${what.toUpperCase()}`] = path;
  }
  const code = await test(name, environment, isAlone);
  if (code === interrupted) return { line: "interrupted", code };
  return code === 0 ? { line: "passed", code } : { line: "FAILED", code: 1 };
}

/** What the tests say is told only where they fail. */
async function test(name, environment, isAlone) {
  const folder = mkdtempSync(join(tmpdir(), "spoor-audit-"));
  const log = join(folder, "tests.log");
  const scratch = { HOME: folder, CLAUDE_CONFIG_DIR: join(folder, ".claude"), SPOOR_DIR: folder };
  const steps = [
    // For a program from elsewhere, npm puts that program's folder first, and an older Node may lie in it.
    'export PATH="$PWD/node_modules/.bin:$PATH"',
    ...(isAlone ? ["ip link set lo up"] : []),
    `vitest run -c interop/audit/vitest.config.ts interop/audit/${name}.test.ts >'${log}' 2>&1`,
  ];
  const command = [...(isAlone ? alone : []), "sh", "-c", steps.join(" && ")];
  const code = await npm(["exec", "--loglevel=error", "--", ...command], {
    SPOOR_INTEROP_ALONE: isAlone ? "yes" : "no",
    ...scratch,
    ...environment,
  });
  if (code !== 0 && code !== interrupted) say(readFileSync(log, "utf8"));
  rmSync(folder, { recursive: true, force: true });
  return code;
}

function canBeAlone() {
  const [unshare, ...options] = alone;
  return spawnSync(unshare, [...options, "ip", "link", "set", "lo", "up"]).status === 0;
}
