import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { ensureInstalled, interrupted, npm } from "../scripts/ensure-installed.mjs";

// How suites that need something from outside are run: each with what it needs, in a network of its own, and a line of what became of it.

/** What test runners know a skipped test by: no success. */
const skipped = 77;

/** A network that has only loopback, so that nothing can call home; and processes that end with it, whatever ends it. */
const alone = ["unshare", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"];

/**
 * Runs the named suites, or all, one after the other, and resolves to an exit code. Says of each that it passed, that it failed, or that it was skipped and
 * why.
 *
 * A suite `needs` things by the name that `installed` of the tests knows them by: functions that give `{ path }`, or `{ missing }` and why. `command` is what runs
 * its tests, given the suite and a folder that goes with the run; `environment` stands beside the repository's own. What a test writes to the file
 * `SPOOR_INTEROP_TOLD` is said of a suite that passed too.
 */
export async function runSuites(suites, { wanted, command, outcomeOf = byCode }) {
  const unknown = wanted.find((name) => !Object.hasOwn(suites, name));
  if (unknown !== undefined) {
    say(`there is no suite ${unknown}: ${Object.keys(suites).join(", ")}`);
    return 2;
  }
  const notInstalled = await ensureInstalled();
  if (notInstalled) return notInstalled;
  const isAlone = canBeAlone();
  if (!isAlone) say("without a network of their own, because this user cannot have one");
  const width = Math.max(...Object.keys(suites).map(({ length }) => length));
  const outcomes = [];
  for (const name of wanted.length > 0 ? wanted : Object.keys(suites)) {
    const begun = performance.now();
    const { line, code, told = "" } = await run(suites[name], { command, outcomeOf, isAlone });
    const seconds = Math.round((performance.now() - begun) / 100) / 10;
    say(`${name.padEnd(width)} ${line} (${seconds} s)`);
    for (const said of told.split("\n").filter(Boolean)) say(`${" ".repeat(width)} ${said}`);
    outcomes.push(code);
    if (code === interrupted) break;
  }
  return [interrupted, 1, skipped].find((code) => outcomes.includes(code)) ?? 0;
}

function say(line) {
  process.stdout.write(`${line}\n`);
}

async function run(suite, { command, outcomeOf, isAlone }) {
  const environment = { ...suite.environment };
  for (const [what, install] of Object.entries(suite.needs)) {
    const { path, missing } = install(say);
    if (missing !== undefined) return { line: `SKIPPED: ${missing}`, code: skipped };
    environment[`SPOOR_INTEROP_${what.toUpperCase()}`] = path;
  }
  const folder = mkdtempSync(join(tmpdir(), "spoor-interop-"));
  try {
    const code = await test(command(suite, folder), { folder, environment, isAlone });
    if (code === interrupted) return { line: "interrupted", code };
    const outcome = outcomeOf(code, suite, folder);
    if (outcome.code === 1) say(textIn(folder, "tests.log"));
    return { ...outcome, told: textIn(folder, "told") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the tests say is told only where they fail. */
function test(command, { folder, environment, isAlone }) {
  const scratch = { HOME: folder, CLAUDE_CONFIG_DIR: join(folder, ".claude"), SPOOR_DIR: folder };
  const steps = [
    // For a program from elsewhere, npm puts that program's folder first, and an older Node may lie in it.
    'export PATH="$PWD/node_modules/.bin:$PATH"',
    ...(isAlone ? ["ip link set lo up"] : []),
    `${command} >'${join(folder, "tests.log")}' 2>&1`,
  ];
  const separate = isAlone ? alone : [];
  return npm(["exec", "--loglevel=error", "--", ...separate, "sh", "-c", steps.join(" && ")], {
    SPOOR_INTEROP_ALONE: isAlone ? "yes" : "no",
    SPOOR_INTEROP_TOLD: join(folder, "told"),
    NO_COLOR: "1",
    ...scratch,
    ...environment,
  });
}

/** Passed, where the command said so. */
export function byCode(code) {
  return code === 0 ? { line: "passed", code } : { line: "FAILED", code: 1 };
}

function textIn(folder, name) {
  const file = join(folder, name);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

function canBeAlone() {
  const [unshare, ...options] = alone;
  return spawnSync(unshare, [...options, "ip", "link", "set", "lo", "up"]).status === 0;
}
