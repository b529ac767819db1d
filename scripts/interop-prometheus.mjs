import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { goProgram } from "../interop/otel/install/cache.mjs";
import { grafanaSchema, prometheus } from "../observability/interop/install.mjs";
import { ensureInstalled, interrupted, npm } from "./ensure-installed.mjs";

// The metrics at a real Prometheus: scraped while agents work, asked with every expression of the dashboard, watched by the rules, up to an alert that
// Alertmanager brings to a webhook; and as deltas at a real Collector. What cannot be had is skipped and said; what was skipped is
// no success: 77 is what test runners know for it.

const skipped = 77;
/** Debian's Alertmanager reads its templates there and nowhere else. */
const templates = "/usr/share/prometheus";

/** Each a file of tests, and what it needs. */
const suites = {
  prometheus: { prometheus, grafana: grafanaSchema, templates: () => templatesFor(prometheus()) },
  collector: { collector: () => goProgram({ name: "otelcol", module: "collector" }) },
};

process.exitCode = (await ensureInstalled()) || (await runAll());

async function runAll() {
  const outcomes = [];
  for (const [name, needs] of Object.entries(suites)) {
    const { line, code } = await run(name, needs);
    console.log(`${name.padEnd(10)} ${line}`);
    outcomes.push(code);
    if (code === interrupted) break;
  }
  return [interrupted, 1, skipped].find((code) => outcomes.includes(code)) ?? 0;
}

async function run(name, needs) {
  const environment = {};
  for (const [what, install] of Object.entries(needs)) {
    const { path, missing } = install();
    if (missing !== undefined) return { line: `SKIPPED: ${missing}`, code: skipped };
    environment[`SPOOR_INTEROP_${what.toUpperCase()}`] = path;
  }
  const code = await test(name, environment);
  if (code === interrupted) return { line: "interrupted", code };
  return code === 0 ? { line: "passed", code } : { line: "FAILED", code: 1 };
}

/** Whether Alertmanager will find them: there, or where root can show them to it. */
function templatesFor({ path }) {
  if (existsSync(templates) || (path !== undefined && layered(path) !== null))
    return { path: templates };
  return {
    missing: `Alertmanager looks for its templates in ${templates}, where only root can show them`,
  };
}

/**
 * A network that has only loopback, so that nothing can call home; processes that end with it; and a view of the disk in which Debian's files are
 * where its programs look for them. Null: only root can have that.
 */
function layered(folder) {
  const command = ["unshare", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"];
  const layers = `lowerdir=${folder}/usr/share:/usr/share`;
  const isNeeded = folder !== undefined && !existsSync(templates);
  const steps = [
    "ip link set lo up",
    ...(isNeeded ? [`mount -t overlay overlay -o '${layers}' /usr/share`] : []),
  ];
  const [unshare, ...options] = [...command, "sh", "-c", steps.join(" && ")];
  return spawnSync(unshare, options).status === 0 ? { command, steps } : null;
}

/** What the tests say is told only where they fail. */
async function test(name, environment) {
  const { command, steps } = layered(prometheus().path) ?? { command: [], steps: [] };
  if (command.length === 0)
    console.log("without a network of their own, because this user cannot have one");
  const folder = mkdtempSync(join(tmpdir(), "spoor-metrics-"));
  const log = join(folder, "tests.log");
  const scratch = { HOME: folder, CLAUDE_CONFIG_DIR: join(folder, ".claude"), SPOOR_DIR: folder };
  const all = [
    // For a program from elsewhere, npm puts that program's folder first, and an older Node may lie in it.
    'export PATH="$PWD/node_modules/.bin:$PATH"',
    ...steps,
    `vitest run -c observability/interop/vitest.config.ts observability/interop/${name}.test.ts >'${log}' 2>&1`,
  ];
  const code = await npm(
    ["exec", "--loglevel=error", "--", ...command, "sh", "-c", all.join(" && ")],
    { ...scratch, ...environment },
  );
  if (code !== 0 && code !== interrupted) console.log(readFileSync(log, "utf8"));
  rmSync(folder, { recursive: true, force: true });
  return code;
}
