import { cpSync, mkdirSync, rmSync, statSync } from "node:fs";
import { createRequire, stripTypeScriptTypes } from "node:module";
import { dirname, join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { inProject, project, run, tell } from "./project.mjs";
import { mustHaveRecorded, subjects } from "./recorded.mjs";

const sdk = "@anthropic-ai/claude-agent-sdk";
/** Modules of CommonJS inside a bundle of modules ask for Node's own by `require`. */
const banner =
  'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);';

/**
 * The lines of the README, each bundled into a folder in which nothing is installed: so do people ship to where there is no `node_modules`. What the Agent SDK brings is a program, which
 * nobody bundles.
 */
export async function check() {
  for (const [bundler, bundle] of Object.entries({ esbuild, rollup })) {
    const folder = join(dirname(project), bundler);
    mkdirSync(folder);
    cpSync(inProject("node_modules", sdk), join(folder, "node_modules", sdk), { recursive: true });
    for (const subject of subjects) {
      const to = join(folder, `${subject}.mjs`);
      await bundle(inProject(`readme-${subject}.mts`), to);
      run(process.execPath, [to], { cwd: folder, environment: { SPOOR_DIR: folder } });
    }
    mustHaveRecorded(subjects, folder);
    const alone = join(folder, "follows.mjs");
    await bundle(inProject("follows.mts"), alone);
    const kilobytes = Math.round(statSync(alone).size / 1000);
    tell([
      `${bundler}: ${subjects.length} programs; an observer alone is ${kilobytes} kB, unminified`,
    ]);
    rmSync(folder, { recursive: true });
  }
}

async function esbuild(from, to) {
  const { build } = await installed("esbuild");
  await build({
    entryPoints: [from],
    outfile: to,
    bundle: true,
    platform: "node",
    format: "esm",
    external: [sdk],
    banner: { js: banner },
    logLevel: "error",
  });
}

async function rollup(from, to) {
  const [{ rollup: bundling }, { nodeResolve }, commonjs, json] = await Promise.all(
    ["rollup", "@rollup/plugin-node-resolve", "@rollup/plugin-commonjs", "@rollup/plugin-json"].map(
      installed,
    ),
  );
  const types = {
    name: "types",
    transform: (code, id) => (/\.m?ts$/.test(id) ? stripTypeScriptTypes(code) : null),
  };
  const bundle = await bundling({
    input: from,
    external: [sdk, /^node:/],
    plugins: [nodeResolve({ preferBuiltins: true }), types, commonjs.default(), json.default()],
    onLog: (level, { message }) => {
      if (level === "error") throw new Error(message);
    },
  });
  await bundle.write({ file: to, inlineDynamicImports: true });
}

const installed = (name) =>
  import(pathToFileURL(createRequire(inProject("package.json")).resolve(name)).href);
