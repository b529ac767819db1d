import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { failureOf } from "./command.mjs";

const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "spoor-backends");

/** A place for what is fetched or built: outside the clone, because a clone is fresh more often than a machine is. */
export function cached(name) {
  mkdirSync(folder, { recursive: true });
  return join(folder, name);
}

/** A program of a Go module of ours, built once for each state of its sources. */
export function goProgram({ name, module, program = "." }, say) {
  const from = fileURLToPath(new URL(`../${module}/`, import.meta.url));
  const path = cached(`${name}-${digestOf(from)}`);
  if (existsSync(path)) return { path };
  say(`(${name} is built with Go now: minutes, and only once)`);
  const unfinished = `${path}.${process.pid}`;
  const build = ["build", "-mod=mod", "-trimpath", "-ldflags=-s -w", "-o", unfinished, program];
  const failure = failureOf("go", build, { cwd: from, env: { CGO_ENABLED: "0" } });
  if (failure !== null) return { missing: `${name} could not be built with Go: ${failure}` };
  renameSync(unfinished, path);
  return { path };
}

/** A virtual environment of Python with one package in it. */
export function pythonPackage({ name, version }, say) {
  const path = cached(`${name}-${version}`);
  const bin = join(path, "bin");
  const complete = join(path, "complete");
  if (existsSync(complete)) return { path: bin };
  say(`(${name} ${version} is installed with pip now: a minute or more, and only once)`);
  rmSync(path, { recursive: true, force: true });
  const failure =
    failureOf("python3", ["-m", "venv", path]) ??
    failureOf(join(bin, "pip"), ["install", "--quiet", "--no-input", `${name}==${version}`]);
  if (failure !== null) return { missing: `${name} could not be installed with pip: ${failure}` };
  writeFileSync(complete, "");
  return { path: bin };
}

function digestOf(from) {
  const digest = createHash("sha256");
  const sources = readdirSync(from).filter((file) => /^go\.|\.go$/.test(file));
  for (const file of sources.toSorted()) digest.update(file).update(readFileSync(join(from, file)));
  return digest.digest("hex").slice(0, 12);
}
