import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { cached } from "../otel/install/cache.mjs";
import { failureOf } from "../otel/install/command.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const programs = fileURLToPath(new URL("write-programs.ts", import.meta.url));

/** What a project has beside our packages: what the lines of the README are about, and what checks their types. */
const beside = ["@langchain/langgraph", "@langchain/core", "zod"];
const versions = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;

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
  const installed = Object.fromEntries([
    ...packed.names.map((name) => [packageOf(name), `file:${join(packed.path, name)}`]),
    ...beside.map((name) => [name, versions[`node_modules/${name}`].version]),
    ...["typescript", "@types/node"].map((name) => [
      name,
      versions[`node_modules/${name}`].version,
    ]),
  ]);
  const manifest = { name: "empty", private: true, type, dependencies: installed };
  writeFileSync(join(path, "package.json"), JSON.stringify(manifest, null, 2));
  const failure = failureOf("npm", ["install", "--loglevel=error", "--no-audit", "--no-fund"], {
    cwd: path,
    env: { NODE_ENV: "" },
  });
  if (failure !== null) return { missing: `npm could not install the packed packages: ${failure}` };
  const unwritten = failureOf("npm", ["exec", "--", "node", programs, path], { cwd: root });
  if (unwritten !== null) throw new Error(`the programs could not be written: ${unwritten}`);
  return { path };
}

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
  const names = readdirSync(join(root, "packages")).filter((name) => name !== "testing");
  const failure =
    failureOf("npm", ["run", "build"], { cwd: root }) ??
    failureOf(
      "npm",
      [
        "pack",
        "--loglevel=error",
        `--pack-destination=${path}`,
        ...names.map((name) => `--workspace=packages/${name}`),
      ],
      { cwd: root },
    );
  if (failure !== null) throw new Error(`the packages could not be packed: ${failure}`);
  return { path, names: readdirSync(path) };
}

const packageOf = (tarball) => tarball.replace(/^spoor-(.*)-\d.*$/, "@spoor/$1");

/** A Node of another version, as the package `node` brings it. */
export const node = (version) => (say) =>
  fromNpm("node", version, "node_modules/node/bin/node", say);

export const bun = (say) => fromNpm("bun", "1.3", "node_modules/bun/bin/bun.exe", say);

function fromNpm(name, version, program, say) {
  const folder = cached(`${name}-${version}`);
  const path = join(folder, program);
  if (existsSync(path)) return { path };
  say(`(${name} ${version} is fetched with npm now, and only once)`);
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  writeFileSync(
    join(unfinished, "package.json"),
    JSON.stringify({ private: true, allowScripts: { [name]: true } }),
  );
  const failure = failureOf(
    "npm",
    ["install", "--loglevel=error", "--no-audit", "--no-fund", `${name}@${version}`],
    { cwd: unfinished },
  );
  if (failure !== null || !existsSync(join(unfinished, program))) {
    rmSync(unfinished, { recursive: true, force: true });
    return {
      missing: `${name} ${version} could not be had with npm: ${failure ?? "it brings no program for this machine"}`,
    };
  }
  chmodSync(join(unfinished, program), 0o755);
  rmSync(folder, { recursive: true, force: true });
  renameSync(unfinished, folder);
  return { path };
}
