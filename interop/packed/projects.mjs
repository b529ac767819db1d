import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { failureOf } from "../otel/install/command.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const writer = fileURLToPath(new URL("write-programs.ts", import.meta.url));
const programs = fileURLToPath(new URL("programs", import.meta.url));

const locked = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
const asLocked = (name) => [name, locked[`node_modules/${name}`].version];

/** What a project has beside our packages: what the lines of the README are about, what checks their types, and what bundles them. */
const beside = Object.fromEntries([
  ...["@langchain/langgraph", "@langchain/core", "zod", "typescript", "@types/node"].map(asLocked),
  ["typescript-5.6", "npm:typescript@5.6.3"],
  ["esbuild", "0.28"],
  ["rollup", "4"],
  ["@rollup/plugin-commonjs", "29"],
  ["@rollup/plugin-json", "6"],
  ["@rollup/plugin-node-resolve", "16"],
]);

const projects = new Map();
process.once("exit", () => {
  for (const { path } of projects.values())
    if (path) rmSync(dirname(path), { recursive: true, force: true });
});

/** An empty project whose files are modules, with the packed packages. One a run, and gone with it. */
export const esmProject = (say) => project("module", say);

/** The same, whose files are CommonJS where they do not say otherwise. */
export const commonJsProject = (say) => project("commonjs", say);

function project(type, say) {
  const made = projects.get(type) ?? newProject(type, say);
  projects.set(type, made);
  return made;
}

function newProject(type, say) {
  const packed = tarballs(say);
  const path = join(mkdtempSync(join(tmpdir(), "spoor-packed-")), "project");
  mkdirSync(path);
  const ours = packed.names
    .filter((name) => !name.startsWith("spoor-testing-"))
    .map((name) => [packageOf(name), `file:${join(packed.path, name)}`]);
  const dependencies = { ...Object.fromEntries(ours), ...beside };
  const manifest = { name: "empty", private: true, type, dependencies };
  writeFileSync(join(path, "package.json"), JSON.stringify(manifest, null, 2));
  const failure = failureOf("npm", ["install", "--loglevel=error", "--no-audit", "--no-fund"], {
    cwd: path,
    env: { NODE_ENV: "" },
  });
  if (failure !== null) return { missing: `npm could not install the packed packages: ${failure}` };
  const unwritten = failureOf("npm", ["exec", "--", "node", writer, path], { cwd: root });
  if (unwritten !== null) throw new Error(`the programs could not be written: ${unwritten}`);
  cpSync(programs, path, { recursive: true });
  return { path };
}

/** The folder of all tarballs. */
export const packages = (say) => ({ path: tarballs(say).path });

let packing;

/** All packages, built and packed. Throws where that fails: then there is nothing to skip. */
function tarballs(say) {
  packing ??= pack(say);
  return packing;
}

function pack(say) {
  say("(the packages are built and packed now)");
  const path = mkdtempSync(join(tmpdir(), "spoor-tarballs-"));
  process.once("exit", () => rmSync(path, { recursive: true, force: true }));
  const workspaces = readdirSync(join(root, "packages")).map(
    (name) => `--workspace=packages/${name}`,
  );
  const packing = ["pack", "--loglevel=error", `--pack-destination=${path}`, ...workspaces];
  const failure =
    failureOf("npm", ["run", "build"], { cwd: root }) ?? failureOf("npm", packing, { cwd: root });
  if (failure !== null) throw new Error(`the packages could not be packed: ${failure}`);
  return { path, names: readdirSync(path) };
}

const packageOf = (tarball) => tarball.replace(/^spoor-(.*)-\d.*$/, "@spoor/$1");
