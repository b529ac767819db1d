import { deepStrictEqual, match, strictEqual } from "node:assert";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { run, tell } from "./project.mjs";
import { startRegistry } from "./release/registry.mjs";
import { repositoryToRelease } from "./release/repository.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const changeset = join(root, "node_modules/@changesets/cli/bin.js");
const conversation = join(root, "packages/claude-code/src/history/fixtures/e-subagent.projects");

/**
 * The day of the release, on a registry of this machine: changesets make versions and changelogs and publish them, and somebody who has nothing but npm asks what Claude Code did cost.
 */
export async function check() {
  const folder = mkdtempSync(join(tmpdir(), "spoor-release-"));
  const registry = await startRegistry(join(folder, "registry"));
  try {
    const released = release(join(folder, "repository"), registry);
    tell([`${released.names.length} packages as ${released.version}`]);
    firstMinute(join(folder, "user"), registry);
  } finally {
    registry.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Publishes what the pending changesets make of the packages. */
function release(cwd, { environment, publish }) {
  const { manifests, git } = repositoryToRelease(cwd);
  run(process.execPath, [changeset, "version"], { cwd });
  git("add", "-A");
  git("commit", "-qm", "release");
  const packages = manifests();
  const names = packages.map(({ name }) => name);
  const versions = [...new Set(packages.map(({ version }) => version))];
  strictEqual(versions.length, 1, `one version for all, not ${versions.join(", ")}`);
  for (const { name, folder, dependencies = {} } of packages) {
    match(
      readFileSync(join(folder, "CHANGELOG.md"), "utf8"),
      new RegExp(`^# ${name}\n\n## ${versions[0]}\n`),
    );
    for (const [dependency, wanted] of Object.entries(dependencies))
      if (names.includes(dependency)) strictEqual(wanted, versions[0]);
  }
  publish(join(root, "node_modules/@pydantic/genai-prices"));
  run(process.execPath, [changeset, "publish"], { cwd, environment });
  const tags = names.map((name) => `${name}@${versions[0]}`);
  deepStrictEqual(new Set(git("tag").trim().split("\n")), new Set(tags));
  return { names, version: versions[0] };
}

/** What the README promises first. */
function firstMinute(cwd, { environment }) {
  const home = join(cwd, "home");
  const projects = join(home, ".claude/projects");
  mkdirSync(projects, { recursive: true });
  writeFileSync(join(cwd, "package.json"), JSON.stringify({ private: true }));
  cpSync(conversation, projects, { recursive: true });
  const own = {
    ...environment,
    HOME: home,
    CLAUDE_CONFIG_DIR: join(home, ".claude"),
    SPOOR_DIR: join(cwd, ".spoor"),
    // npm puts its own Node before all others.
    PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
  };
  const npx = (...given) =>
    run("npx", ["--yes", "@spoor/cli", ...given], { cwd, environment: own });
  const imported = JSON.parse(npx("import", "claude-code", "--json"));
  strictEqual(imported.events > 0, true);
  strictEqual(imported.malformed, 0);
  const cost = npx("cost");
  match(cost, /\$\d/);
  strictEqual(JSON.parse(npx("import", "claude-code", "--json")).events, 0);
}
